//! Invented names: persons, places, firms, schools, papers.
//!
//! A name is a function of the seed, its kind and its number; syllables are put together by
//! chance, so a likeness to anyone living is chance, too. How many numbers are in use grows with
//! the number of the page (see `Pool`), which gives a corpus its tail of rare words.

use fastrand::Rng;

use super::random::{Kind, chance, pick, stream, word, zipf, zipf_mandelbrot};

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const GIVEN: &str = "伟芳敏静丽强磊洋勇艳杰娟涛明超秀霞平刚桂英华建国文军玉兰萍红梅志海波云飞鹏宇浩然雨欣怡嘉欢乐晨阳春生秋月冬雪立新成林森山川江河湖泉岩松柏竹菊荷莲凤龙虎骏驰远航帆博学思源慧智勤俭德厚仁义礼诚信忠孝安康宁福寿喜庆吉祥瑞永恒昌盛茂荣锦绣";
const PLACE_FIRST: &str = "青白清金石龙凤云松柏柳桃梅兰竹沙黄红乌双三九长大上下东西南北新古安永平宁福瑞丰嘉景仙玉珠银铁铜泉溪河江湖塘渡桥关岭峰岩坪坝沟湾洲港";
const PLACE_SECOND: &str = "川山水岭峰江河溪湖泉池潭湾洲港渡桥关门台坪原野塘陂浦滩岩谷林森田园圩屯堡城阳阴安宁和康乐丰庆泽润源流屏障麓崖坡埠津汀";
const VILLAGE: &str = "王李张陈杨石柳槐桑枣榆杏梨茶竹井窑磨碾羊牛马鹿雁鹤燕前后上下里外新老高坡湾沟坪坑坳垅垭岔口头尾";
const FIRM: &str = "恒泰鑫隆盛昌达宏远博通瑞丰润泽华兴茂源腾飞翔宇锐捷联创众合力天地星辰海川岳松柏森林禾穗谷麦康健益民惠佳美优德信诚达顺安广源";
const TRADES: &[&str] = &[
    "食品",
    "纺织",
    "陶瓷",
    "机械",
    "建材",
    "生物科技",
    "电子",
    "农业",
    "物流",
    "新能源",
    "家居",
    "化工",
    "文化传媒",
    "旅游开发",
];
const PAPER_KINDS: [&str; N_PAPERS as usize] = ["日报", "晚报", "政协报", "农民报", "商报"];

/// How many papers there are.
pub(super) const N_PAPERS: u64 = 5;

/// A county, a city or a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) number: u64,
    /// 松溪.
    pub(super) short: String,
    /// 县, 市 or 区.
    pub(super) level: char,
}

impl Place {
    /// 松溪县.
    pub(super) fn full(&self) -> String {
        format!("{}{}", self.short, self.level)
    }
}

/// How many names of each kind are in use on a page: a floor and a share of the square root of the
/// number of the page, so that the words of a corpus grow as in real ones (Heaps' law with an
/// exponent of one half) and page i is the same in a corpus of any size.
#[derive(Clone, Copy)]
pub(super) struct Pool {
    root: u64,
}

impl Pool {
    pub(super) fn on_page(page: u64) -> Self {
        Pool { root: page.isqrt() }
    }

    pub(super) fn place(self, rng: &mut Rng) -> u64 {
        zipf_mandelbrot(rng, 60 + 3 * self.root)
    }

    pub(super) fn town(self, rng: &mut Rng) -> u64 {
        zipf(rng, 12)
    }

    pub(super) fn village(self, rng: &mut Rng) -> u64 {
        zipf_mandelbrot(rng, 12 + self.root)
    }

    pub(super) fn firm(self, rng: &mut Rng) -> u64 {
        zipf_mandelbrot(rng, 80 + 12 * self.root)
    }

    pub(super) fn citizen(self, rng: &mut Rng) -> u64 {
        // Whom a reporter meets in the street is nobody in particular: all alike.
        rng.u64(0..400 + 60 * self.root)
    }
}

/// All names of a corpus.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) seed: u64,
}

impl Names {
    /// A person: of three characters, or in a third of cases of two.
    pub(super) fn person(self, kind: Kind, number: u64) -> String {
        let mut rng = stream(self.seed, kind, number);
        let mut name = one(&mut rng, SURNAMES);
        name += &one(&mut rng, GIVEN);
        if !chance(&mut rng, 330) {
            name += &one(&mut rng, GIVEN);
        }
        name
    }

    pub(super) fn place(self, number: u64) -> Place {
        let mut rng = stream(self.seed, Kind::Place, number);
        let short = one(&mut rng, PLACE_FIRST) + &one(&mut rng, PLACE_SECOND);
        let level = *pick(&mut rng, &['县', '县', '县', '县', '县', '市', '市', '区']);
        Place { number, short, level }
    }

    pub(super) fn town(self, place: &Place, number: u64) -> String {
        let mut rng = stream(self.seed, Kind::Town, place.number << 20 | number);
        let name = one(&mut rng, PLACE_FIRST) + &one(&mut rng, PLACE_SECOND);
        name + word(&mut rng, &["镇", "镇", "镇", "乡", "街道"])
    }

    pub(super) fn village(self, place: &Place, number: u64) -> String {
        let mut rng = stream(self.seed, Kind::Village, place.number << 20 | number);
        let mut name = one(&mut rng, VILLAGE) + &one(&mut rng, PLACE_SECOND);
        if chance(&mut rng, 250) {
            name += &one(&mut rng, VILLAGE);
        }
        name + word(&mut rng, &["村", "村", "村", "社区"])
    }

    pub(super) fn road(self, place: &Place, number: u64) -> String {
        let mut rng = stream(self.seed, Kind::Road, place.number << 20 | number);
        let name = one(&mut rng, PLACE_FIRST) + &one(&mut rng, PLACE_SECOND);
        name + word(&mut rng, &["路", "路", "大道", "大桥", "快速路"])
    }

    pub(super) fn school(self, place: &Place, number: u64) -> String {
        let mut rng = stream(self.seed, Kind::School, place.number << 20 | number);
        let name = one(&mut rng, PLACE_FIRST) + &one(&mut rng, PLACE_SECOND);
        name + word(&mut rng, &["小学", "小学", "中学", "职业学校"])
    }

    pub(super) fn firm(self, number: u64) -> String {
        let mut rng = stream(self.seed, Kind::Firm, number);
        let mut name = one(&mut rng, FIRM) + &one(&mut rng, FIRM);
        if chance(&mut rng, 300) {
            name += &one(&mut rng, FIRM);
        }
        name + word(&mut rng, TRADES) + word(&mut rng, &["公司", "有限公司", "集团", "厂"])
    }

    pub(super) fn paper(self, number: u64) -> String {
        let mut rng = stream(self.seed, Kind::Paper, number);
        one(&mut rng, PLACE_FIRST) + &one(&mut rng, PLACE_SECOND) + PAPER_KINDS[number as usize]
    }
}

fn one(rng: &mut Rng, characters: &str) -> String {
    let n = characters.chars().count();
    characters.chars().nth(rng.u64(0..n as u64) as usize).map(String::from).unwrap_or_default()
}

//! Ordinary words that jieba's dictionary tags as names of persons: it was made by a program from texts, and 文明 and 顾问
//! begin with surnames. Whoever reads a list of words does not expect 文明 to be somebody.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::joints::is_place;

/// Words by what they are, written from knowledge of the language while reading that dictionary.
const ORDINARY: &[(&[u8; 4], &str)] = &[
    (
        b"n\0\0\0",
        "文明 道德 阳光 卫星 荣誉 陆军 权威 宣言 智慧 高峰 友谊 高潮 顾问 明星 祖先 祖宗 洪水 顾客 光辉 青少年 师范 小康 体操 博客 慈善 小学生 师生 \
         温泉 明珠 黎明 望远镜 红旗 五星红旗 宝石 白领 金刚 丛林 雪山 沙滩 沙丘 丘陵 玉米 玉石 石英 花岗岩 维生素 古建筑 黄金周 立法权 雷达 鱼雷 武林 \
         宫殿 王朝 封建王朝 帝王 诸侯 元帅 和尚 师傅 师兄 师母 小姐 小姑娘 老太太 老汉 老公 胡同 胡子 祥云 松树 兰花 梅花 杜鹃花 凤凰 老虎 贡献者 \
         范畴 季后赛 贺信 贺词 贺电 安康 吉祥 白雪 蓝天 乌云 石狮 叶子 米粉 子孙 孙子 德军 苏军 左翼 双喜 红外 毛泽东思想 邓小平理论 \
         温室 田野 金牌 银牌 金融 车间 车站 方案 高原 高校 高新 石化 石油 温度 温差 安全法 党建 向心力 童心 童声 雷锋精神",
    ),
    (
        b"v\0\0\0",
        "明白 封锁 登基 寻思 谢谢 多谢 崇拜 冷笑 修正 胡说 荣获 陈述 祝贺 容纳 杜绝 晋升 许可 安抚 布满 陈列 呼唤 原谅 凌辱 比武 周转 关怀 \
         养老 保健 康复 施策 宣讲 严查 严打 齐声 林立 天亮",
    ),
    (b"a\0\0\0", "光荣 公正 英勇 辛勤 齐全 安静 宁静 宝贵 崇高 卓越 古老 通达 高明 文武"),
    (
        b"ns\0\0",
        "黄石 柏林 桂林 莫斯科 伊拉克 阿根廷 乌克兰 爱尔兰 南斯拉夫 阿富汗 阿拉伯 斯巴达 洪湖 洪山 常德 拉萨 秦岭 梁山 白宫 紫禁城 少林寺 太和殿 \
         黄鹤楼 金水桥 马来",
    ),
    (b"j\0\0\0", "双拥"),
    (b"d\0\0\0", "宁可 诸如"),
    (b"t\0\0\0", "明天"),
];

/// What a word that is tagged as a person is instead, if it surely is none.
pub(crate) fn not_a_person(word: &str) -> Option<[u8; 4]> {
    // 康乐县: some places are among the persons, too. 新县 may be anything.
    if word.len() >= 9 && is_place(word) {
        return Some(*b"ns\0\0");
    }
    static BY_WORD: LazyLock<FxHashMap<&str, [u8; 4]>> = LazyLock::new(|| {
        let mut by_word = FxHashMap::default();
        for (pos, words) in ORDINARY {
            by_word.extend(words.split(' ').map(|word| (word, **pos)));
        }
        by_word
    });
    BY_WORD.get(word).copied()
}

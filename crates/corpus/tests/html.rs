//! Pages of newspapers' web sites, in the forms that their publishing systems write: what is read off, and what is left out.
//! All papers, persons and reports are invented.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use banmian_corpus::{CorpusPath, Inputs, Limits, Metadata, RawPage, Reading, find};
use proptest::prelude::*;

fn load(bytes: &[u8], reading: Reading) -> Result<RawPage, String> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("content_1.htm"), bytes).unwrap();
    let corpus = find(&[CorpusPath { pattern: ".".to_owned(), base: dir.path().to_owned() }]).unwrap();
    let input = Inputs::new(&corpus.sources).with(reading).next().unwrap();
    input.load(&Metadata::default()).map(|(page, _)| page).map_err(|f| format!("{}: {}", f.page, f.error))
}

fn page(html: &str) -> RawPage {
    load(html.as_bytes(), Reading::default()).unwrap()
}

/// The parts of a page, a line each: number of the article, part, text.
fn told(page: &RawPage) -> String {
    let marks = page.marks.as_ref().unwrap();
    let line = |m: &banmian_core::Mark| {
        let article = m.article.map_or("-".to_owned(), |a| (a + 1).to_string());
        format!("{article} {}: {}\n", m.part.name(), &page.text[m.range.bytes()])
    };
    marks.parts.iter().map(line).collect()
}

fn check(html: &str, expected: &str) {
    assert_eq!(told(&page(html)), expected);
}

#[test]
fn a_page_of_a_publishing_system_with_its_comment() {
    let html = r#"<html><head><meta charset="utf-8"><title>农机站抢修水泵-临江日报数字报</title></head><body>
<div class="header"><ul class="menu"><li><a href="/">首页</a><li><a href="node_2.htm">第01版：要闻</a></ul></div>
<div class="main">
<div class="title_box"><p class="yinti">不误农时 服务春耕</p><h2>农机站抢修水泵</h2><p class="futi">——已修好四十七台</p></div>
<div class="lai">2023年02月03日&nbsp;&nbsp;作者：程小禾&nbsp;&nbsp;来源：临江日报</div>
<!--enpproperty <articleid>8</articleid><date>2023-02-03 08:12:00.0</date><author>程小禾</author><title><p>农机站抢修水泵</p></title><keyword>春耕,水泵</keyword><subtitle>——已修好四十七台</subtitle><introtitle>不误农时 服务春耕</introtitle><nodename>要闻</nodename>/enpproperty-->
<div id="ozoom"><founder-content><!--enpcontent-->
<P>　　本报讯 入春以来，县农机站派出三个小组，走村串户检修水泵。</P>
<P>　　县农机站站长程远志说：&ldquo;剩下的水泵月底以前修完。&rdquo;</P>
<!--/enpcontent--></founder-content></div>
<div class="share">分享到：<a href="javascript:void(0)">微博</a></div>
<ul><li><a href="content_2.htm">春灌开闸放水，水到田头</a></li><li><a href="content_3.htm">全县秋粮入库，仓满囤流</a></li></ul>
</div>
<div class="footer">版权所有 临江日报社，未经授权不得转载。</div></body></html>"#;
    let page = page(html);
    assert_eq!(
        told(&page),
        "1 kicker: 不误农时 服务春耕\n1 main: 农机站抢修水泵\n1 deck: ——已修好四十七台\n1 byline: 程小禾\n\
         1 body: 本报讯 入春以来，县农机站派出三个小组，走村串户检修水泵。\n\
         1 body: 县农机站站长程远志说：“剩下的水泵月底以前修完。”\n"
    );
    assert_eq!((&*page.issue.paper, &*page.issue.date), ("临江日报", "2023-02-03"));
    assert_eq!((&*page.issue.other["keywords"], page.encoding), ("春耕,水泵", "UTF-8"));
}

#[test]
fn headings_of_three_sizes_and_the_line_of_the_paper() {
    let html = r#"<!DOCTYPE html><title>春灌开闸放水--临江日报</title>
<h1><a href="/">临江日报</a></h1>
<div class="article">
<h3>上下一心</h3><h1>春灌开闸放水</h1><h2>——全县浇地五万亩</h2>
<p class="sec">本报记者 苗 青 <span class="date">《临江日报》（<span class="newstime">2023年02月03日</span> 第 01 版）</span></p>
<div id="ozoom"><p>　　三月二日，东干渠开闸放水，全县五万亩麦田喝上头茬水。</p>
<p><strong>水到田头</strong></p>
<p>　　县水利站派人守在渠上，日夜巡查，防止跑水。</p>
<figure><img src="1.jpg"><figcaption>渠水流进麦田。苗 青摄</figcaption></figure>
<p>　　（下转第三版）</p><p>（责编：袁小川、赵小山）</p></div></div>"#;
    let page = page(html);
    assert_eq!(
        told(&page),
        "1 kicker: 上下一心\n1 main: 春灌开闸放水\n1 deck: ——全县浇地五万亩\n\
         1 body: 三月二日，东干渠开闸放水，全县五万亩麦田喝上头茬水。\n1 section-heading: 水到田头\n\
         1 body: 县水利站派人守在渠上，日夜巡查，防止跑水。\n1 body: （下转第三版）\n1 caption: 渠水流进麦田。苗 青摄\n\
         - furniture: （责编：袁小川、赵小山）\n"
    );
    assert_eq!((&*page.issue.paper, &*page.issue.date, &*page.issue.edition), ("临江日报", "2023-02-03", "1"));
}

#[test]
fn an_old_template_of_tables_in_gbk() {
    let html = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"><title>临江晚报</title></head>
<body><table><tr><td><a href=1>上一版</a> <a href=2>下一版</a></td></tr>
<tr><td><table><tr><td class=\"font02\" align=center>渠水清清</td></tr>
<tr><td class=font01 align=center>春灌开闸</td></tr><tr><td class=font02 align=center>——东干渠见闻</td></tr>
<tr><td><table><tr><td align=center><img src=1.jpg></td></tr><tr><td>渠水流进麦田。 苗青 摄</td></tr></table></td></tr>
<tr><td><div id=ozoom style=\"line-height:150%\">　　三月二日，东干渠开闸放水。<br>　　五万亩麦田喝上头茬水，<br>群众说来得正是时候。<BR><BR>&nbsp;&nbsp;&nbsp;&nbsp;水利站派人日夜巡查。</div></td></tr></table>
<tr><td>临江晚报社 版权所有";
    let page = load(&encoding_rs::GB18030.encode(html).0, Reading::default()).unwrap();
    assert_eq!(
        told(&page),
        "1 kicker: 渠水清清\n1 main: 春灌开闸\n1 deck: ——东干渠见闻\n1 body: 三月二日，东干渠开闸放水。\n\
         1 body: 五万亩麦田喝上头茬水，\n群众说来得正是时候。\n1 body: 水利站派人日夜巡查。\n\
         1 caption: 渠水流进麦田。 苗青 摄\n"
    );
    assert_eq!(page.encoding, "GB18030");
}

#[test]
fn a_page_that_marks_nothing_is_read_by_where_its_text_is() {
    let html = "<title>春灌开闸放水_要闻_临江网</title><div class=a1><a href=1>首页</a>|<a href=2>要闻</a>|<a href=3>农业，林业</a></div>
<div class=b1><div class=b2>春灌开闸放水</div><div class=b3>2023-02-03 08:15 来源：临江日报</div>
<div class=b4><div>　　三月二日，东干渠开闸放水，全县五万亩麦田喝上头茬水。<div>　　县水利站派人守在渠上，日夜巡查，防止跑水。</div></div>
<div class=b5>热门：<a href=4>全县秋粮入库，仓满囤流，群众高兴</a><br><a href=5>农机站抢修水泵，不误农时</a></div></div></div>
<div class=c1>地址：临江市人民路一号，电话：1234567</div>";
    let page = page(html);
    assert_eq!(
        told(&page),
        "1 main: 春灌开闸放水\n1 body: 三月二日，东干渠开闸放水，全县五万亩麦田喝上头茬水。\n\
         1 body: 县水利站派人守在渠上，日夜巡查，防止跑水。\n"
    );
    assert_eq!((&*page.issue.paper, &*page.issue.date), ("临江日报", "2023-02-03"));
}

#[test]
fn several_articles_of_one_page() {
    let expected = "1 main: 春灌开闸放水\n1 body: 本报讯 三月二日，东干渠开闸放水，麦田喝上头茬水。\n\
                    2 kicker: 不误农时\n2 main: 农机站抢修水泵\n\
                    2 body: 本报讯 入春以来，县农机站走村串户，检修水泵四十七台。\n2 body: 剩下的，月底以前修完。\n";
    let one_element = "<title>临江日报 第一版</title><div><h3>春灌开闸放水</h3><p>本报讯 三月二日，东干渠开闸放水，麦田喝上头茬水。</p>
<h4>不误农时</h4><h3>农机站抢修水泵</h3><p>本报讯 入春以来，县农机站走村串户，检修水泵四十七台。</p><p>剩下的，月底以前修完。</p></div>";
    check(one_element, expected);
    let elements = "<body><article><h2>春灌开闸放水</h2><p>本报讯 三月二日，东干渠开闸放水，麦田喝上头茬水。</p></article>
<article><h3>不误农时</h3><h2>农机站抢修水泵</h2><p>本报讯 入春以来，县农机站走村串户，检修水泵四十七台。</p><p>剩下的，月底以前修完。</p></article>";
    check(elements, expected);
    let alike = elements.replace("<article>", "<div class='story'>").replace("</article>", "</div>");
    check(&alike, expected);
}

#[test]
fn a_page_of_an_edition_with_its_articles() {
    let html = "<title>临江日报 2023年2月3日 第3版</title><h1>临江日报</h1><div class=page>第03版：综合</div>
<div class=art><h2 class=title>春灌开闸放水</h2><p class=author>本报记者 苗青</p><div class=text><p>三月二日，东干渠开闸放水，麦田喝上头茬水。</p></div></div>
<div class=art><p class=yinti>不误农时</p><h2 class=title>农机站抢修水泵</h2><div class=text><p>入春以来，县农机站走村串户，检修水泵。</p></div></div>";
    let page = page(html);
    assert_eq!(
        told(&page),
        "1 main: 春灌开闸放水\n1 byline: 本报记者 苗青\n1 body: 三月二日，东干渠开闸放水，麦田喝上头茬水。\n\
         2 kicker: 不误农时\n2 main: 农机站抢修水泵\n2 body: 入春以来，县农机站走村串户，检修水泵。\n"
    );
    assert_eq!((&*page.issue.paper, &*page.issue.date, &*page.issue.edition), ("临江日报", "2023-02-03", "3"));
}

#[test]
fn the_plainest_page_and_one_of_many_wrappers() {
    check(
        "<center><font size=5><b>春灌开闸放水</b></font></center><hr>　　三月二日，东干渠开闸。<br>　　水到田头，群众高兴。<br><br><a href=i>返回目录</a>",
        "1 main: 春灌开闸放水\n1 body: 三月二日，东干渠开闸。\n1 body: 水到田头，群众高兴。\n",
    );
    check(
        "<meta property='og:title' content='春灌开闸放水'><h1>春灌开闸放水</h1><div id=a><section><section><p>三月二日，东干渠开闸放水，麦田喝上头茬水。</p></section>
<section><p><strong>水到田头</strong></p></section><section><p>县水利站派人守在渠上，日夜巡查。</p><p>群众说，来得正是时候，够浇两遍。</p></section></section></div>
<div>临江市融媒体中心版权所有，未经授权不得转载，违者必究。</div>",
        "1 main: 春灌开闸放水\n1 body: 三月二日，东干渠开闸放水，麦田喝上头茬水。\n1 section-heading: 水到田头\n\
         1 body: 县水利站派人守在渠上，日夜巡查。\n1 body: 群众说，来得正是时候，够浇两遍。\n",
    );
}

#[test]
fn text_without_a_mark_is_text_where_there_is_no_other() {
    check(
        "<title>春灌</title><ul class=menu><li><a href=1>首页</a></ul><h1>春灌</h1><p>春水绕村流</p><p>青苗绿到头</p>",
        "1 main: 春灌\n1 body: 春水绕村流\n1 body: 青苗绿到头\n",
    );
    check(
        "<h2>先进名单</h2><div id=zoom><p>程远志　苗青　田小禾</p></div><p>来源：临江日报 2023-02-03</p>",
        "1 main: 先进名单\n1 body: 程远志　苗青　田小禾\n",
    );
}

#[test]
fn section_headings_are_no_headlines() {
    check(
        "<div class=article-content><h1>水利站的春天</h1><h2>开闸</h2><p>三月二日，东干渠开闸放水。</p><h2>巡渠</h2><p>县水利站派人守在渠上，日夜巡查。</p></div>",
        "1 main: 水利站的春天\n1 section-heading: 开闸\n1 body: 三月二日，东干渠开闸放水。\n\
         1 section-heading: 巡渠\n1 body: 县水利站派人守在渠上，日夜巡查。\n",
    );
}

#[test]
fn tags_left_open_ruby_tables_and_hidden_text() {
    check(
        "<div id=zoom><h1>春灌开闸</h1><p>三月二日，东干渠<ruby>闸<rp>(</rp><rt>zhá</rt><rp>)</rp></ruby>门开启。<p>各乡浇地：
<table><tr><td>东乡<td>一万亩，<tr><td>西乡<td>两万亩。</table><p style='display: none'>隐藏的文字，不读。</p>
<script>document.write('<p>脚本里的文字，不读。</p>')</script><!-- 注释里的文字，不读。 --><p>水到田头。",
        "1 main: 春灌开闸\n1 body: 三月二日，东干渠闸门开启。\n1 body: 各乡浇地：\n1 body: 东乡｜一万亩，\n1 body: 西乡｜两万亩。\n\
         1 body: 水到田头。\n",
    );
}

#[test]
fn the_caption_below_a_picture() {
    check(
        "<div class=content id=articleContent><h1>麦田喝上头茬水</h1><p align=center><img src=a.jpg></p><p align=center>渠水流进东乡的麦田</p>
<p>三月二日，东干渠开闸放水。</p><p><img src=b.jpg></p><p>图为群众在田头看水。苗青 摄</p></div>",
        "1 main: 麦田喝上头茬水\n1 body: 三月二日，东干渠开闸放水。\n1 caption: 渠水流进东乡的麦田\n1 caption: 图为群众在田头看水。苗青 摄\n",
    );
}

#[test]
fn pages_without_an_article_say_so() {
    let fault = |html: &str| load(html.as_bytes(), Reading::default()).unwrap_err();
    let none = "content_1.htm: no running text: a page of links or pictures, or one that scripts fill; save the page as a browser \
                shows it, or leave it out";
    assert_eq!(
        fault("<title>第01版：要闻</title><ul><li><a href=1>春灌开闸放水，水到田头</a><li><a href=2>抢修水泵</a></ul>"),
        none
    );
    assert_eq!(fault("<div id=app></div><script>render()</script>"), none);
    assert_eq!(fault("<p></p>"), none);
    assert!(fault("").starts_with("content_1.htm: "));
    let limits = Limits { html_elements: 1000, ..Limits::default() };
    let many = load("<p>".repeat(2000).as_bytes(), Reading { limits, ..Reading::default() }).unwrap_err();
    assert_eq!(
        many,
        "content_1.htm: more than 1000 elements and stretches of text, the most that a page may hold (`html-elements` in \
         `[corpus.limits]`)"
    );
}

#[test]
fn hostile_pages_end_soon() {
    let text = "<p>三月二日，东干渠开闸放水。</p>";
    let deep = format!("{}{text}", "<div>".repeat(100_000));
    check(&deep, "1 body: 三月二日，东干渠开闸放水。\n");
    let fonts = format!("{}{text}", "<font color=1></x>".repeat(50_000));
    check(&fonts, "1 body: 三月二日，东干渠开闸放水。\n");
    // Megabytes of one tag: its attributes, and its repetition.
    let wide = format!("<div {}>{text}", "a=1 ".repeat(1_200_000));
    check(&wide, "1 body: 三月二日，东干渠开闸放水。\n");
    let many = load("<p>".repeat(1_600_000).as_bytes(), Reading::default()).unwrap_err();
    assert!(many.contains("more than 200000 elements"), "{many}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Of what stands in the element that the page calls its text nothing is lost, and nothing doubled.
    #[test]
    fn all_text_of_the_body_is_read_once(tags in prop::collection::vec(prop::sample::select(TAGS), 1..40)) {
        let sentence = |k: usize| format!("第{k}渠开闸放水，");
        let body: String = tags.iter().enumerate().map(|(k, tag)| format!("{tag}{}", sentence(k))).collect();
        let page = load(format!("<div class=menu><a href=1>首页</a></div><div id=ozoom>{body}</div>").as_bytes(), Reading::default());
        let headings_only = "no running text";
        match page {
            Ok(page) => (0..tags.len()).for_each(|k| assert_eq!(page.text.matches(&sentence(k)).count(), 1, "{k} of {body}\n{}", page.text)),
            Err(fault) => prop_assert!(fault.contains(headings_only), "{fault}"),
        }
    }

    /// Whatever the tags: no panic, and marks that lie side by side in the text.
    #[test]
    fn any_tags_obey_the_laws(scraps in prop::collection::vec(prop::sample::select(SCRAPS), 0..60)) {
        if let Ok(page) = load(scraps.concat().as_bytes(), Reading::default()) {
            let marks = page.marks.unwrap();
            let mut end = 0;
            for mark in &marks.parts {
                prop_assert!(mark.range.start as usize >= end && !mark.range.is_empty());
                end = mark.range.end as usize;
                prop_assert!(page.text.is_char_boundary(mark.range.start as usize) && page.text.is_char_boundary(end));
                prop_assert!(mark.article.is_none_or(|a| (a as usize) < marks.articles.len()));
            }
        }
    }
}

const SCRAPS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div class=title>",
    "<div id=ozoom>",
    "<article>",
    "</article>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<h3>",
    "<table>",
    "<tr>",
    "<td>",
    "<td class=font02>",
    "</table>",
    "<br>",
    "<b>",
    "</b>",
    "<a href=1>",
    "</a>",
    "<img>",
    "<span>",
    "</span>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<figcaption>",
    "<!--enpcontent-->",
    "<!--/enpcontent-->",
    "<!--enpproperty <title>春灌</title><author>苗青</author>/enpproperty-->",
    "<title>春灌开闸放水_临江日报</title>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<",
    "&nbsp;",
    "&#x3000;",
    "&",
    "春灌开闸放水",
    "本报记者 苗青",
    "三月二日，东干渠开闸放水。",
    "　　",
    "来源：临江日报 2023-02-03",
    "（责编：袁小川）",
    "苗青摄",
    " ",
    "\n",
    "<pre>",
    "</pre>",
    "<svg/>",
    "<li>",
    "</ul>",
];

const TAGS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "<br>",
    "<br><br>　　",
    "<b>",
    "</b>",
    "<span>",
    "</span>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<h3>",
    "</h3>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<li>",
    "<p align=center><img>",
    "<p class=futi>",
    "<p class=title>",
    "　　",
    " ",
];

#[test]
fn what_stands_around_the_articles_of_an_edition() {
    check(
        "<div class=page><div class=banci>第2版：综合新闻</div><div class=article><h2>渡口改成了公园</h2><p class=author>本报记者 江春</p>
<p>柳湾渡口停渡三年以后，改成了河滨公园，昨天开门迎客。</p><p>公园保留了两条旧渡船，老船工当起了讲解员。</p></div>
<div class=article><h2>果农学会看云图</h2><h3>气象站把课堂搬进果园</h3><p>四月八日，县气象站在东乡果园办起培训班，教果农看卫星云图。</p></div></div>",
        "1 main: 渡口改成了公园\n1 byline: 本报记者 江春\n1 body: 柳湾渡口停渡三年以后，改成了河滨公园，昨天开门迎客。\n\
         1 body: 公园保留了两条旧渡船，老船工当起了讲解员。\n2 main: 果农学会看云图\n2 deck: 气象站把课堂搬进果园\n\
         2 body: 四月八日，县气象站在东乡果园办起培训班，教果农看卫星云图。\n",
    );
    check(
        "<table><tr><td class=font01><strong>东渠闸门全部换新</strong></td></tr><tr><td align=center>2021-05-02　本报记者 韩慧珍</td></tr>
<tr><td><div id=ozoom><p>五月一日，东干渠最后一座闸门换装完毕，比原计划提前十二天。</p><p>新闸门由电机启闭，一刻钟就能关上。</p></div></td></tr></table>",
        "1 main: 东渠闸门全部换新\n1 byline: 韩慧珍\n1 body: 五月一日，东干渠最后一座闸门换装完毕，比原计划提前十二天。\n\
         1 body: 新闸门由电机启闭，一刻钟就能关上。\n",
    );
}

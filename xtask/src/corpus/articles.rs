//! Articles: what kind, how long, with which headline group, byline and dateline.
//!
//! An article is a function of the seed, the number of its page and its place on the page. What
//! other papers reprint is the same article retold: another opening, a deck gone or a last
//! paragraph dropped.

use fastrand::Rng;

use super::grammar::Grammar;
use super::names::{Names, Pool};
use super::pen::{Passage, Pen, Phrase, Scene};
use super::plants::{Lexicon, Plan};
use super::random::{Kind as Stream, chance, pick, stream, word, zipf, zipf_mandelbrot};
use super::truth::{Byline, Headline, Kind};
use super::{Issue, Options};

/// An article as it is made, before any page is laid out.
#[derive(Clone, Debug)]
pub(super) struct Article {
    pub(super) topic: &'static str,
    pub(super) kind: Kind,
    pub(super) headline: Headline,
    pub(super) byline: Vec<Byline>,
    pub(super) byline_at: BylineAt,
    pub(super) dateline: String,
    /// What goes before the first paragraph: dateline and perhaps byline.
    pub(super) opening: String,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) captions: Vec<String>,
    /// Who took the picture of the caption.
    pub(super) credit: String,
    /// Formulations of the headline group.
    pub(super) headline_phrases: Vec<Phrase>,
    pub(super) reprint_of: String,
}

/// A paragraph or a section heading.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) passage: Passage,
    pub(super) heading: bool,
}

/// Where the byline is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BylineAt {
    /// Within the opening.
    Opening,
    /// On a line beneath the headline.
    Headline,
    /// On a line after the body.
    End,
}

impl Article {
    /// The text of a paragraph as it reads on a clean page.
    pub(super) fn paragraph_text(&self, index: usize) -> String {
        let text = &self.paragraphs[index].passage.text;
        if index == 0 { format!("{}{text}", self.opening) } else { text.clone() }
    }

    /// All formulations, those of the headline first.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.headline_phrases.iter().chain(self.paragraphs.iter().flat_map(|p| &p.passage.phrases))
    }
}

/// Writes articles.
pub(super) struct Desk {
    pub(super) names: Names,
    pub(super) lexicon: Lexicon,
    pub(super) planted: Vec<String>,
    pub(super) grammars: Vec<Grammar>,
    pub(super) options: Options,
}

impl Desk {
    /// The articles of a page; `earlier` are those of the other papers of the day.
    pub(super) fn page(&self, issue: &Issue, earlier: &[(String, Article)]) -> Vec<Article> {
        let mut rng = stream(self.options.seed, Stream::Article, issue.page << 8);
        let n_articles = rng.u64(5..=10);
        (0..n_articles)
            .map(|slot| {
                let mut rng = stream(self.options.seed, Stream::Article, issue.page << 8 | (slot + 1));
                // Nobody is there to be reprinted for the first paper of a day, so the others make up for it.
                let news: Vec<_> = if issue.paper > 0 { earlier.iter().collect() } else { Vec::new() };
                if !news.is_empty() && chance(&mut rng, self.options.reprints_per_mille * 5 / 4) {
                    let (id, source) = *pick(&mut rng, &news);
                    return self.retell(&mut rng, source, id);
                }
                let kind = match rng.u32(0..100) {
                    _ if slot == 0 => Kind::News,
                    0..62 => Kind::News,
                    62..72 => Kind::Feature,
                    72..84 => Kind::Photo,
                    84..92 => Kind::Briefs,
                    _ => Kind::Commentary,
                };
                self.article(&mut rng, issue, kind)
            })
            .collect()
    }

    fn article(&self, rng: &mut Rng, issue: &Issue, kind: Kind) -> Article {
        let grammar = pick(rng, &self.grammars);
        let pool = Pool::on_page(issue.page);
        let place = self.names.place(pool.place(rng));
        let scene = Scene { day: issue.day, pool, place };
        let mut writer = Writer { desk: self, grammar, scene, cast: Vec::new(), rng };
        let mut article = match kind {
            Kind::News => writer.news(),
            Kind::Feature => writer.feature(),
            Kind::Photo => writer.photo(),
            Kind::Briefs => writer.briefs(),
            Kind::Commentary => writer.commentary(),
        };
        if matches!(kind, Kind::News | Kind::Feature | Kind::Commentary) {
            writer.plant(&mut article, issue);
        }
        article
    }

    /// The article of another paper with small changes.
    fn retell(&self, rng: &mut Rng, source: &Article, id: &str) -> Article {
        let mut article = Article { reprint_of: id.to_owned(), ..source.clone() };
        match rng.u32(0..4) {
            0 => {
                (article.opening, article.byline) = ("本报讯 ".to_owned(), Vec::new());
                "本报讯".clone_into(&mut article.dateline);
            }
            1 => {
                let name = self.reporter(rng);
                article.opening = format!("本报讯（记者{name}）");
                article.byline = vec![Byline { role: "记者", name }];
                article.byline_at = BylineAt::Opening;
                "本报讯".clone_into(&mut article.dateline);
            }
            _ => {}
        }
        article.captions.clear();
        article.credit.clear();
        article.byline.retain(|b| b.role != "摄影");
        if rng.bool() {
            article.headline.deck.clear();
        }
        // At least half of the text stays, or nobody could tell it from another report.
        if article.paragraphs.len() > 3 && rng.bool() {
            article.paragraphs.pop();
        }
        article
    }

    fn reporter(&self, rng: &mut Rng) -> String {
        self.names.person(Stream::Reporter, zipf(rng, 60))
    }
}

/// Writes one article.
struct Writer<'a> {
    desk: &'a Desk,
    grammar: &'a Grammar,
    scene: Scene,
    cast: Vec<(super::offices::Office, String)>,
    rng: &'a mut Rng,
}

impl Writer<'_> {
    fn pen(&mut self) -> Pen<'_> {
        Pen {
            names: self.desk.names,
            lexicon: &self.desk.lexicon,
            scene: &self.scene,
            rng: self.rng,
            cast: &mut self.cast,
            phrase: None,
            out: Passage::default(),
        }
    }

    fn write(&mut self, rule: &str) -> Passage {
        let grammar = self.grammar;
        self.pen().write(grammar, rule)
    }

    /// A sentence: one of the stock that all pages draw from, or a new one.
    fn sentence(&mut self, rule: &str) -> Passage {
        let grammar = self.grammar;
        if !chance(self.rng, self.desk.options.repetition_per_mille) {
            return self.pen().sentence(grammar, rule);
        }
        let mut rng = stream(self.desk.options.seed, Stream::Stock, zipf_mandelbrot(self.rng, 2000));
        let pool = Pool::on_page(0);
        loop {
            let scene =
                Scene { day: super::calendar::Day(0), pool, place: self.desk.names.place(pool.place(&mut rng)) };
            let mut cast = Vec::new();
            let pen = Pen { rng: &mut rng, scene: &scene, cast: &mut cast, ..self.pen() };
            let passage = pen.sentence(grammar, rule);
            // Who holds an office changes; a stock sentence does not. So it names nobody.
            if passage.persons.is_empty() {
                return passage;
            }
        }
    }

    fn paragraph(&mut self, rule: &str, sentences: u32) -> Paragraph {
        let mut passage = Passage::default();
        for _ in 0..sentences {
            append(&mut passage, self.sentence(rule));
        }
        Paragraph { passage, heading: false }
    }

    fn blank(&self, kind: Kind) -> Article {
        Article {
            topic: self.grammar.topic,
            kind,
            headline: Headline::default(),
            byline: Vec::new(),
            byline_at: BylineAt::Opening,
            dateline: String::new(),
            opening: String::new(),
            paragraphs: Vec::new(),
            captions: Vec::new(),
            credit: String::new(),
            headline_phrases: Vec::new(),
            reprint_of: String::new(),
        }
    }

    fn news(&mut self) -> Article {
        let mut article = self.blank(Kind::News);
        self.headline(&mut article, 300, 120);
        let (reporter, correspondent) = (self.desk.reporter(self.rng), self.correspondent());
        let short = self.scene.place.short.clone();
        let by = |role, name: &String| Byline { role, name: name.clone() };
        match self.rng.u32(0..10) {
            0..5 => {
                article.dateline = format!("本报{short}讯");
                article.opening = format!("本报{short}讯（通讯员{correspondent}）");
                article.byline = vec![by("通讯员", &correspondent)];
            }
            5 | 6 => {
                article.dateline = "本报讯".to_owned();
                article.opening = format!("本报讯（记者{reporter} 通讯员{correspondent}）");
                article.byline = vec![by("记者", &reporter), by("通讯员", &correspondent)];
            }
            7 => {
                article.dateline = "本报讯".to_owned();
                article.opening = "本报讯 ".to_owned();
            }
            _ => {
                article.byline = vec![by("记者", &reporter)];
                article.byline_at = if self.rng.bool() { BylineAt::Headline } else { BylineAt::End };
            }
        }
        // The first paragraph goes on after the lead.
        let grammar = self.grammar;
        let mut passage = self.pen().sentence(grammar, "lead");
        for _ in 0..self.rng.u32(0..3) {
            append(&mut passage, self.sentence("sentence"));
        }
        article.paragraphs.push(Paragraph { passage, heading: false });
        for _ in 0..self.rng.u32(1..8) {
            let sentences = self.rng.u32(2..6);
            article.paragraphs.push(self.paragraph("sentence", sentences));
        }
        if chance(self.rng, 80) {
            self.picture(&mut article);
        }
        article
    }

    fn feature(&mut self) -> Article {
        let mut article = self.blank(Kind::Feature);
        self.headline(&mut article, 400, 700);
        article.byline_at = if self.rng.bool() { BylineAt::Headline } else { BylineAt::End };
        article.byline = vec![Byline { role: "通讯员", name: self.correspondent() }];
        if chance(self.rng, 300) {
            article.byline.insert(0, Byline { role: "记者", name: self.desk.reporter(self.rng) });
        }
        article.paragraphs.push(self.paragraph("sentence", 2));
        for _ in 0..self.rng.u32(2..5) {
            let passage = self.write("heading");
            article.paragraphs.push(Paragraph { passage, heading: true });
            for _ in 0..self.rng.u32(1..4) {
                let sentences = self.rng.u32(2..6);
                article.paragraphs.push(self.paragraph("sentence", sentences));
            }
        }
        if chance(self.rng, 250) {
            self.picture(&mut article);
        }
        article
    }

    fn photo(&mut self) -> Article {
        let mut article = self.blank(Kind::Photo);
        if chance(self.rng, 500) {
            article.headline.main = self.write("headline").text;
        }
        let role = word(self.rng, &["记者", "通讯员"]);
        let name = if role == "记者" { self.desk.reporter(self.rng) } else { self.correspondent() };
        article.byline = vec![Byline { role, name }];
        article.byline_at = BylineAt::End;
        article.paragraphs.push(self.paragraph("caption", 1));
        article
    }

    fn briefs(&mut self) -> Article {
        let mut article = self.blank(Kind::Briefs);
        word(self.rng, &["简讯", "短波", "要闻速览", "一周拾零"]).clone_into(&mut article.headline.main);
        for _ in 0..self.rng.u32(3..7) {
            let mut paragraph = self.paragraph("brief", 1);
            paragraph.passage.text.insert(0, '●');
            article.paragraphs.push(paragraph);
        }
        article
    }

    fn commentary(&mut self) -> Article {
        let mut article = self.blank(Kind::Commentary);
        let main = self.write("heading");
        article.headline.main = main.text;
        article.byline = vec![Byline { role: "作者", name: self.correspondent() }];
        article.byline_at = BylineAt::Headline;
        for _ in 0..self.rng.u32(3..6) {
            let sentences = self.rng.u32(2..5);
            article.paragraphs.push(self.paragraph("comment", sentences));
        }
        article
    }

    fn headline(&mut self, article: &mut Article, kicker: u32, deck: u32) {
        let mut parts = [Passage::default(), self.write("headline"), Passage::default()];
        if chance(self.rng, kicker) {
            parts[0] = self.write("kicker");
        }
        if chance(self.rng, deck) {
            parts[2] = self.write("deck");
        }
        let [kicker, main, deck] = parts;
        article.headline_phrases = [kicker.phrases, main.phrases, deck.phrases].concat();
        article.headline = Headline { kicker: kicker.text, main: main.text, deck: deck.text };
    }

    fn picture(&mut self, article: &mut Article) {
        article.captions.push(self.sentence("caption").text);
        article.credit = self.desk.reporter(self.rng);
        article.byline.push(Byline { role: "摄影", name: article.credit.clone() });
    }

    fn correspondent(&mut self) -> String {
        self.desk.names.person(Stream::Citizen, self.scene.pool.citizen(self.rng))
    }

    /// Puts in the planted formulations whose turn it is.
    fn plant(&mut self, article: &mut Article, issue: &Issue) {
        for (number, plan) in Plan::ALL.into_iter().enumerate() {
            if !chance(self.rng, plan.share(issue.day, issue.paper)) {
                continue;
            }
            let phrase = Phrase { text: self.desk.planted[number].clone(), planted: Some(number) };
            let bodies: Vec<usize> =
                (0..article.paragraphs.len()).filter(|&i| !article.paragraphs[i].heading).collect();
            for _ in 0..if chance(self.rng, 250) { 2 } else { 1 } {
                let grammar = self.grammar;
                let pen = Pen { phrase: Some(phrase.clone()), ..self.pen() };
                let passage = pen.sentence(grammar, "phrase");
                let at = *pick(self.rng, &bodies);
                append(&mut article.paragraphs[at].passage, passage);
            }
            if article.headline.kicker.is_empty() && chance(self.rng, 120) {
                let grammar = self.grammar;
                let rest = self.pen().write(grammar, "heading").text;
                article.headline.kicker = format!("{} {}", phrase.text, rest.replace(' ', ""));
                article.headline_phrases.push(phrase);
            }
        }
    }
}

fn append(passage: &mut Passage, more: Passage) {
    passage.text += &more.text;
    passage.persons.extend(more.persons);
    passage.phrases.extend(more.phrases);
}

//! Scratch.
use crate::find::Scene;
pub(crate) fn show(scene: &Scene<'_>, phrases: &[crate::roles::Phrase]) {
    if std::env::var_os("PR_DEBUG").is_none() {
        return;
    }
    let s: String = scene.line.chars.iter().collect();
    eprintln!("LINE {s}");
    let mut i = 0;
    let mut t = String::new();
    while i < scene.line.len() {
        let w = scene.line.word(i);
        t.push_str(&scene.line.chars[w.start..w.end].iter().collect::<String>());
        t.push('/');
        t.push_str(std::str::from_utf8(&w.pos).unwrap_or(""));
        i = w.end;
    }
    eprintln!("  {t}");
    for p in phrases {
        let tx = |a: usize, b: usize| -> String { scene.line.chars[a..b].iter().collect() };
        eprintln!(
            "  ROLE org={} role={} nb={:?} foreign={}",
            tx(p.start, p.role_start),
            tx(p.role_start, p.end),
            p.name_before.map(|n| (tx(n.start, n.end), n.score)),
            p.foreign
        );
    }
}

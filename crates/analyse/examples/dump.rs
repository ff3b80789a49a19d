// temporary: JSON lines over a folder of texts
use onrecord_model::*;
fn esc(s: &str) -> String {
    let mut o = String::new();
    for c in s.chars() {
        match c {
            '"' => o.push_str("\\\""),
            '\\' => o.push_str("\\\\"),
            '\n' => o.push_str("\\n"),
            '\r' => o.push_str("\\r"),
            '\t' => o.push_str("\\t"),
            c if (c as u32) < 32 => {}
            c => o.push(c),
        }
    }
    o
}
fn main() {
    let mut files: Vec<_> = std::env::args()
        .skip(1)
        .flat_map(|a| {
            let p = std::path::PathBuf::from(&a);
            if p.is_dir() {
                std::fs::read_dir(p).unwrap().map(|e| e.unwrap().path()).collect()
            } else {
                vec![p]
            }
        })
        .collect();
    files.sort();
    let start = std::time::Instant::now();
    let mut out = String::new();
    let mut words = 0;
    for f in &files {
        let text = std::fs::read_to_string(f).unwrap();
        words += text.split_whitespace().count();
        let report = Report { text, ..Report::default() };
        let a = onrecord_analyse::analyse(&report);
        let cp = CodePoints::new(&report.text);
        let sp = |v: &[Span]| {
            format!(
                "[{}]",
                v.iter()
                    .map(|s| {
                        let [a, b] = cp.span(*s);
                        format!("[{a},{b}]")
                    })
                    .collect::<Vec<_>>()
                    .join(",")
            )
        };
        let party = |p: &Option<Party>| {
            p.as_ref().map_or("null".to_string(), |p| {
                format!(
                    "\"{} ({}{})\"",
                    esc(&p.name),
                    p.kind,
                    p.actor.map_or(String::new(), |a| format!(" {a}"))
                )
            })
        };
        let st = a.statements.iter().map(|s| format!("{{\"source\":{},\"cue\":{},\"content\":{},\"mode\":\"{}\",\"act\":\"{}\",\"neg\":{},\"speaker\":{},\"addressee\":{},\"via\":[{}],\"venue\":\"{}\",\"within\":{}}}", sp(&s.source), sp(&s.cue), sp(&s.content), s.mode, s.act, s.is_negated, party(&s.speaker), party(&s.addressee), s.via.iter().map(|p| format!("\"{}\"", esc(&p.name))).collect::<Vec<_>>().join(","), s.venue.clone().unwrap_or_default(), s.within.map_or("null".into(), |w| w.0.to_string()))).collect::<Vec<_>>().join(",");
        let ac = a
            .actors
            .iter()
            .map(|x| {
                format!(
                    "\"{} {} | {} | {} | {}\"",
                    x.id,
                    esc(&x.name),
                    x.kind,
                    esc(&x.roles.join("; ")),
                    x.mentions.len()
                )
            })
            .collect::<Vec<_>>()
            .join(",");
        let wa = a
            .warnings
            .iter()
            .map(|w| {
                let [s, e] = cp.span(w.span);
                format!("[{s},{e},\"{}\"]", esc(&w.text))
            })
            .collect::<Vec<_>>()
            .join(",");
        out.push_str(&format!(
            "{{\"source_file\":\"{}\",\"statements\":[{}],\"actors\":[{}],\"warnings\":[{}]}}\n",
            f.file_name().unwrap().to_str().unwrap(),
            st,
            ac,
            wa
        ));
    }
    eprintln!("{} reports {} words {:?}", files.len(), words, start.elapsed());
    print!("{out}");
}

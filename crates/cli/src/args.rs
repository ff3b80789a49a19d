//! The command line: what can be asked, and the words that explain it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use onrecord_model::FindingKind;
use std::path::PathBuf;

/// A record of who said what, read from many news reports.
///
/// OnRecord reads reports on a running story and keeps who said what, when, in whose words and
/// through whom; which dates and figures were given; what is copied; and where reports differ.
/// Every line points at the words it rests on. It never says what is true.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Colours: when writing to a terminal (and NO_COLOR is not set), always, or never.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports into a record.
    ///
    /// Files, folders (walked) and `-` for standard input: plain text, JSON lines plain or
    /// gzipped, HTML, Markdown with front matter. Reading a report again changes nothing; a
    /// changed report is kept as a new revision beside the old one.
    Read(Read),
    /// The story on a page: what differs, the timeline, who said what, the figures.
    ///
    /// Takes a record, or files and folders that it reads into a temporary record.
    Brief(Brief),
    /// Search statements and sentences.
    ///
    /// Words are looked for in statements and sentences; `speaker:` `outlet:` `mode:` `act:`
    /// `after:` `before:` `report:` narrow the search: `speaker:Voss mode:direct strike`.
    Find(Find),
    /// Open a pointer in its place in the text.
    Show(Show),
    /// What stands in reports, without a record: one JSON object a line.
    Annotate(Annotate),
    /// A record's contents for other programs.
    Export(Export),
    /// Where reports differ, worst first.
    Differ(Differ),
    /// Reports gathered into stories, the largest first.
    Stories(Stories),
    /// A local page over a record.
    ///
    /// Overview, reports with all marks, who said what, quotations word by word, figures over time,
    /// copies and sourcing, search; every view also as JSON and CSV under /api. Listens to this
    /// machine alone unless told otherwise, and then asks for a token. Reading while `read` writes
    /// works.
    Serve(Serve),
    /// A draft's quotations against the record.
    ///
    /// Each is as recorded, altered, trimmed, given to another speaker, without quotation marks in
    /// the record, or not in the record. Exits with 1 if one differs.
    Check(Check),
}

/// How pages are read.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Where the report's text stands in a page of HTML, as a CSS selector.
    #[arg(long, value_name = "CSS")]
    pub(crate) selector: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The record to read into; made if it is not there.
    #[arg(long, value_name = "RECORD")]
    pub(crate) into: PathBuf,
    /// Analyse again what an older version of the rules and models read.
    #[arg(long)]
    pub(crate) again: bool,
    /// Print what was read as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    Text,
    Md,
    Html,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Brief {
    /// A record, or files and folders to read.
    #[arg(required = true, value_name = "RECORD|PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What to write.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: BriefFormat,
    /// How long lists are at most: 5 for a terminal's screen, 12 for a page, unless told.
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct Find {
    /// The record to search.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// What to look for: words, "phrases", -words, and fields such as speaker:Voss; in quotes.
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// How many hits at most.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// How many hits to pass over first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip: usize,
    /// Print one JSON object a hit.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The record.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// A report, `004` or `003#2`, or a place in one, `004:1200-1340`.
    #[arg(value_name = "POINTER")]
    pub(crate) pointer: String,
    /// Print as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateFormat {
    Json,
    Brat,
    Timeml,
}

#[derive(Debug, Args)]
pub(crate) struct Annotate {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What to write.
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub(crate) format: AnnotateFormat,
    /// Give each report's text too (JSON).
    #[arg(long)]
    pub(crate) with_text: bool,
    /// Write files into this folder, one or two a report, rather than to standard output.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
    Parquet,
    Webannotation,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The record.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// What to write.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) format: ExportFormat,
    /// Which table, of those that CSV and Parquet have.
    #[arg(long, value_name = "TABLE", value_parser = tables())]
    pub(crate) table: Option<String>,
    /// Leave the reports' texts out of the JSON lines.
    #[arg(long)]
    pub(crate) without_text: bool,
    /// A file to write; for CSV and Parquet without --table, a folder for a file a table.
    #[arg(long, value_name = "PATH")]
    pub(crate) into: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Differ {
    /// The record.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// Only findings of this kind; may be given several times.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(crate) kind: Vec<String>,
    /// Print one JSON object a finding.
    #[arg(long)]
    pub(crate) json: bool,
    /// Exit with 1 if there is a finding of this kind; may be given several times.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(crate) fail_on: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Stories {
    /// The record.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// Print one JSON object a story, with all its reports.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The record.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// The port; 0 is any that is free.
    #[arg(long, value_name = "N", default_value_t = 8477)]
    pub(crate) port: u16,
    /// The address to listen at; any but this machine's own asks for a token.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) bind: std::net::IpAddr,
    /// A name by which the server may be called; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The draft, in any format that is read; `-` is standard input.
    #[arg(value_name = "DRAFT")]
    pub(crate) draft: PathBuf,
    /// The record.
    #[arg(value_name = "RECORD")]
    pub(crate) record: PathBuf,
    /// Exit with 1 also if a quotation or a figure is not in the record.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print one JSON object a quotation, then one a figure, with every place.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

fn kinds() -> clap::builder::PossibleValuesParser {
    FindingKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().into()
}

fn tables() -> clap::builder::PossibleValuesParser {
    let tables = onrecord_engine::formats::tables::TABLES;
    tables.iter().map(|table| table.name).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    /// The part of the page under `## title`, to the next such heading.
    fn part<'p>(page: &'p str, title: &str) -> &'p str {
        let heading = format!("\n## {title}\n");
        let Some(start) = page.find(&heading).map(|at| at + heading.len()) else {
            panic!("docs/commands.md has no heading `## {title}`");
        };
        page[start..].split("\n## ").next().unwrap_or_default()
    }

    /// The long options in the first column of the tables of a part.
    fn told_options(part: &str) -> BTreeSet<&str> {
        let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
        let cells = rows.filter_map(|row| row.split(" | ").next());
        cells.flat_map(|cell| cell.split("`")).filter_map(as_option).collect()
    }

    fn as_option(words: &str) -> Option<&str> {
        words.strip_prefix("--")?.split(' ').next()
    }

    fn options(command: &clap::Command) -> BTreeSet<&str> {
        let own = command.get_arguments().filter(|arg| !arg.is_global_set());
        own.filter_map(|arg| arg.get_long()).filter(|long| *long != "help").collect()
    }

    #[test]
    fn every_command_option_and_value_is_described_and_nothing_else_is() {
        let page = include_str!("../../../docs/commands.md");
        let mut program = Cli::command();
        program.build();
        let commands: Vec<_> =
            program.get_subcommands().filter(|command| command.get_name() != "help").collect();
        let told: BTreeSet<&str> =
            page.lines().filter_map(|line| line.strip_prefix("## onrecord ")).collect();
        let names: BTreeSet<&str> = commands.iter().map(|command| command.get_name()).collect();
        assert_eq!(told, names, "the commands described are those of the program");
        let global: BTreeSet<&str> =
            program.get_arguments().filter_map(|arg| arg.get_long()).collect();
        assert_eq!(told_options(part(page, "For all commands")), global);
        for command in commands {
            let name = command.get_name();
            let described = part(page, &format!("onrecord {name}"));
            assert_eq!(told_options(described), options(command), "options of `{name}`");
            for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
                for value in arg.get_possible_values() {
                    let value = format!("`{}`", value.get_name());
                    let is_flag = !arg.get_action().takes_values();
                    assert!(is_flag || described.contains(&value), "`{name}`: no word of {value}");
                }
            }
        }
    }
}

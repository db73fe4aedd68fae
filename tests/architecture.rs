//! Tests of the house rules that a compiler does not check.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("src/build.rs") {
                // Cargo runs this file before it compiles the program. It is not part of the program.
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                files.push((path, text));
            }
        }
    }
    files
}

/// The module that a file is: `crate::web::view::error`.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("under src");
    let inside = inside.with_extension("");
    let names = inside.iter().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "lib");
    std::iter::once("crate".to_owned()).chain(names).collect::<Vec<_>>().join("::")
}

fn top_module(path: &Path) -> String {
    module(path).split("::").nth(1).unwrap_or("lib").to_owned()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// A `use` item: whether others see what it names, and its tree.
static USE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^\s*(pub(?:\([^)]*\))? )?use ([^;]+);"));
/// A path of at least two names.
static PATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\w+(?:::\w+)+"));
/// The path in `pub(in path)`, which is no use.
static SCOPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(in [^)]*\)"));
/// An item that only tests compile.
static TEST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?ms)^#\[cfg\([^\]]*\btest\b[^\]]*\]\n[^\n]*?(?:;\n|\{\n.*?^\};?\n)"));
/// The declaration of a module with a file of its own.
static MOD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bmod \w+;"));

/// A source text without comments.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    SCOPE.replace_all(&lines.collect::<Vec<_>>().join("\n"), "").into_owned() + "\n"
}

/// The paths of a `use` tree, each with the name that it brings in.
fn branches(tree: &str) -> Vec<(String, String)> {
    let Some((before, group)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path = path.trim().trim_end_matches("::self");
        let name = if name.is_empty() { path.rsplit("::").next().unwrap_or_default() } else { name.trim() };
        return vec![(path.to_owned(), name.to_owned())];
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| branches(&format!("{}{part}", before.trim()))).collect()
}

/// The top-level modules in the order of their dependencies. Each may use only those after it.
const ORDER: [&str; 23] = [
    "main",
    "cli",
    "web",
    "mcp",
    "api",
    "verify",
    "eval",
    "saved",
    "export",
    "disclosure",
    "i18n",
    "search",
    "library",
    "retrieval",
    "transcript",
    "restore",
    "text",
    "hash",
    "lock",
    "terminal",
    "config",
    "error",
    "guide",
];
/// Pairs of modules that must not use each other, although the order would allow it.
const APART: [(&str, &str); 2] = [("search", "library"), ("library", "search")];

#[test]
fn dependencies_point_one_way() {
    for (path, text) in sources() {
        let from = top_module(&path);
        if from == "lib" || path.ends_with("tests.rs") {
            continue;
        }
        let own = ORDER
            .iter()
            .position(|top_module| *top_module == from)
            .unwrap_or_else(|| panic!("{from} has no place in the order"));
        let code = code(&text);
        let trees = USE.captures_iter(&code).flat_map(|found| branches(&found[2])).map(|(path, _)| path);
        let paths = PATH.find_iter(&code).map(|path| path.as_str().to_owned());
        for used in trees.chain(paths) {
            let Some(to) = used.strip_prefix("crate::").and_then(|used| used.split("::").next()) else { continue };
            let theirs = ORDER
                .iter()
                .position(|top_module| *top_module == to)
                .unwrap_or_else(|| panic!("{to} has no place in the order"));
            let open_to_all = ["config", "error"].contains(&to);
            assert!(theirs >= own || open_to_all, "{} uses {to}, which is above it", path.display());
            assert!(!APART.contains(&(from.as_str(), to)), "{from} must not know {to}");
        }
    }
}

/// A source file without its tests.
struct SourceFile {
    /// The code without the `use` items.
    code: String,
    /// The names of the `use` items: the path behind each, and whether others see it.
    names: BTreeMap<String, (String, bool)>,
}

/// The source files, by their modules.
struct SourceTree(BTreeMap<String, SourceFile>);

impl SourceTree {
    fn new() -> Self {
        let is_test = |path: &Path| path.ends_with("tests.rs") || path.iter().any(|part| part == "tests");
        let files = sources().into_iter().filter(|(path, _)| !is_test(path) && !path.ends_with("src/main.rs"));
        let codes = files.map(|(path, text)| (module(&path), TEST.replace_all(&code(&text), "").into_owned()));
        let empty = |code| SourceFile { code, names: BTreeMap::new() };
        let mut tree = Self(codes.map(|(module, code)| (module, empty(code))).collect());
        let modules: Vec<String> = tree.0.keys().cloned().collect();
        for module in modules {
            let (mut names, code) = (BTreeMap::new(), &tree.0[&module].code);
            for found in USE.captures_iter(code) {
                for (path, name) in branches(&found[2]) {
                    names.extend(tree.absolute(&module, &path).map(|path| (name, (path, found.get(1).is_some()))));
                }
            }
            let code = MOD.replace_all(&USE.replace_all(code, ""), "").into_owned();
            tree.0.insert(module, SourceFile { code, names });
        }
        tree
    }

    /// A path from the root of the crate. `None` for a path that begins with neither a keyword nor a child.
    fn absolute(&self, module: &str, path: &str) -> Option<String> {
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let base = match first {
            "crate" => "crate".to_owned(),
            "self" => module.to_owned(),
            "super" => module.rsplit_once("::")?.0.to_owned(),
            child => Some(format!("{module}::{child}")).filter(|child| self.0.contains_key(child))?,
        };
        match rest {
            "" => Some(base),
            _ if rest.starts_with("super") => self.absolute(&base, rest),
            _ => Some(format!("{base}::{rest}")),
        }
    }

    /// The file that defines what a path names, behind all re-exports. `None` if the path names a file or leads to
    /// tests.
    fn home(&self, path: &str) -> Option<&str> {
        if path.split("::").any(|name| name == "tests") {
            return None;
        }
        let mut file = path;
        while !self.0.contains_key(file) {
            file = file.rsplit_once("::")?.0;
        }
        let Some(item) = path[file.len()..].strip_prefix("::") else {
            // A function may have the name of its file, and stand in the parent, too.
            let (parent, name) = path.rsplit_once("::")?;
            let (target, _) = self.0[parent].names.get(name).filter(|(target, seen)| *seen && target != path)?;
            return self.home(target);
        };
        let (name, more) = item.split_at(item.find("::").unwrap_or(item.len()));
        match self.0[file].names.get(name) {
            Some((target, true)) => self.home(&format!("{target}{more}")),
            _ => self.0.get_key_value(file).map(|(file, _)| file.as_str()),
        }
    }

    /// The files that a file uses by `use` items and by paths in its code. What a file only re-exports from its
    /// children, it does not use.
    fn uses(&self, module: &str) -> BTreeSet<&str> {
        let SourceFile { code, names } = &self.0[module];
        let is_inner = |c: char| c.is_alphanumeric() || ['_', ':', '.'].contains(&c);
        let words: BTreeSet<&str> = code.split(|c| !is_inner(c)).collect();
        let is_used = |(name, (path, seen)): &(&String, &(String, bool))| {
            !seen || !path.starts_with(&format!("{module}::")) || words.contains(name.as_str())
        };
        let items = names.iter().filter(is_used).map(|(_, (path, _))| path.clone());
        let inline = PATH.find_iter(code).filter_map(|path| {
            let (first, rest) = path.as_str().split_once("::")?;
            match names.get(first) {
                Some((target, _)) => Some(format!("{target}::{rest}")),
                None => self.absolute(module, path.as_str()),
            }
        });
        items.chain(inline).filter_map(|path| self.home(&path)).filter(|home| *home != module).collect()
    }
}

/// The shortest way by which a file uses itself.
fn cycle<'a>(from: &'a str, uses: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<String> {
    let mut ways = VecDeque::from([vec![from]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in &uses[way.last()?] {
            let way = [way.as_slice(), &[*next]].concat();
            if *next == from {
                return Some(way.join(" → "));
            }
            if seen.insert(*next) {
                ways.push_back(way);
            }
        }
    }
    None
}

/// A reader can begin at the lowest file and understand each file by those that were read before. What two files share
/// stands in a third one below them.
#[test]
fn no_two_files_use_each_other_in_a_cycle() {
    let tree = SourceTree::new();
    let uses: BTreeMap<&str, BTreeSet<&str>> =
        tree.0.keys().map(|module| (module.as_str(), tree.uses(module))).collect();
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 1_000, "the uses are found");
    let cycles: Vec<String> = uses.keys().filter_map(|module| cycle(module, &uses)).collect();
    assert!(cycles.is_empty(), "{cycles:#?}");
}

/// Other people's text must not control a terminal. One module writes all text and makes it harmless.
#[test]
fn only_one_module_writes_to_a_terminal() {
    for (path, text) in sources() {
        // `terminal.rs` is that module. `progress_line.rs` writes only our own numbers.
        let exempt =
            ["terminal.rs", "progress_line.rs"].iter().any(|name| path.ends_with(name)) || path.ends_with("tests.rs");
        let inside = path.components().any(|part| part.as_os_str() == "tests");
        for line in text.lines().filter(|_| !exempt && !inside) {
            let writes =
                ["println!(", "print!(", "io::stdout()", "io::stderr()"].iter().any(|call| line.contains(call));
            assert!(!writes || line.contains("is_terminal"), "{}: {line}", path.display());
        }
    }
}

/// A sentence takes the name of a flag from `config::flags`, where the command line has it from.
#[test]
fn only_the_command_line_names_flags() {
    let flag = pattern(r"(?:^|[^-!\w])--[a-z]");
    for (path, text) in
        sources().into_iter().filter(|(path, _)| top_module(path) != "cli" && !path.ends_with("tests.rs"))
    {
        for line in code(&text).lines() {
            assert!(!flag.is_match(line), "{}: {line}", path.display());
        }
    }
}

#[test]
fn each_engine_is_named_in_one_module_only() {
    let engines = [
        ("fastembed", "retrieval/encoder"),
        ("ort", "retrieval/encoder"),
        ("hnsw_rs", "retrieval/vectors/graph"),
        ("pulp", "retrieval/vectors/product"),
        ("tantivy", "retrieval/lexical"),
        ("redb", "library/store"),
        ("mysql", "library/store/shared"),
        ("rmcp", "mcp"),
    ];
    for (engine, home) in engines {
        for (path, text) in sources() {
            let uses = text.lines().any(|line| {
                line.trim_start().starts_with(&format!("use {engine}::")) || line.contains(&format!(" {engine}::"))
            });
            let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("under src");
            let at_home = inside.with_extension("").starts_with(home);
            assert!(!uses || at_home, "{} names {engine}", path.display());
        }
    }
}

#[test]
fn modules_with_children_are_files_beside_their_folders() {
    for (path, _) in sources() {
        assert!(!path.ends_with("mod.rs"), "{} should be a file beside its folder", path.display());
    }
}

#[test]
fn every_source_file_says_why_it_exists() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!") || path.ends_with("tests.rs"), "{} does not open with //!", path.display());
    }
}

/// A public type name has one meaning in the whole source tree.
#[test]
fn no_two_types_that_others_see_have_one_name() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources() {
        for line in text.lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if words.any(|word| ["struct", "enum", "trait", "type"].contains(&word)) {
                let name = words.next().unwrap_or_default().to_owned();
                homes.entry(name).or_default().push(path.display().to_string());
            }
        }
    }
    assert!(homes.len() > 200, "the types are found");
    homes.retain(|_, homes| homes.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}

#[test]
fn no_source_file_outgrows_a_reader() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500 || path.ends_with("tests.rs"), "{} has {lines} lines", path.display());
    }
}

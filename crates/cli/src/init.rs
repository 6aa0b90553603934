//! `banmian init`: a suite to start from.

use std::fs::File;
use std::io::{ErrorKind, Write};

use anyhow::{Context, Result, bail};

use crate::Status;
use crate::args::InitArgs;
use crate::show::say;

const STARTER: &str = include_str!("starter.toml");

pub(crate) fn init(args: &InitArgs) -> Result<Status> {
    let path = args.file.display();
    let mut file = match File::create_new(&args.file) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::AlreadyExists => bail!("`{path}` is there already: name another file"),
        Err(e) => return Err(e).with_context(|| format!("`{path}` cannot be written")),
    };
    file.write_all(STARTER.as_bytes()).with_context(|| format!("`{path}` cannot be written"))?;
    say(&format!("wrote {path}: name your pages in it, then\n  banmian check {path}\n  banmian run {path}\n"))?;
    Ok(Status::Done)
}

//! The host of the checks, and the folder that it loads plugins from.

use std::env::{self, consts};
use std::fs;
use std::path::{Path, PathBuf};

use nutshell_host::nutshell_plugin::Outcome;
use nutshell_host::{Candidate, Kind, Loaded, Loader, Opened, Refusal, Trust};
use tea_api::{Interface, Pot};
use tea_host::{Menu, load};

/// A host in an empty folder.
pub struct Room {
    pub folder: PathBuf,
    pub loader: Loader,
    pub menu: Menu,
}

impl Room {
    pub fn new() -> Self {
        let folder = env::var_os("TOY_FOLDER").expect("a folder");
        let folder = PathBuf::from(folder);
        close(&folder);
        let loader = Loader::new(Trust::default());
        Self { folder, loader, menu: Menu::default() }
    }

    /// Where a plugin of this name would be.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(file(name))
    }

    /// Copies a plugin into the folder, by a name there.
    pub fn put(&self, plugin: &str, name: &str) -> PathBuf {
        let path = self.path(name);
        copy(plugin, &path);
        path
    }

    /// A new folder in that one.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        fs::create_dir(&folder).expect("a folder");
        close(&folder);
        folder
    }

    /// Copies a plugin into another folder.
    pub fn put_elsewhere(&self, plugin: &str, name: &str) -> PathBuf {
        let path = self.folder("elsewhere").join(file(name));
        copy(plugin, &path);
        path
    }

    /// Loads a file as a tea.
    pub fn load(&mut self, path: &Path) -> Result<Loaded, Refusal> {
        let file = Candidate::new(path);
        // SAFETY: the test has built the file.
        unsafe { load(&mut self.loader, &file, &mut self.menu) }
    }

    /// Loads a copy of a file as a tea, in place of the tea of this name
    /// that it has offered before.
    pub fn reload(&mut self, path: &Path) -> Result<Loaded, Refusal> {
        let copy = self.loader.copy(&Candidate::new(path))?;
        let mut teas = Menu::default();
        // SAFETY: the test has built the file.
        let loaded = unsafe { load(&mut self.loader, &copy, &mut teas) }?;
        self.menu = teas;
        Ok(loaded)
    }

    /// Opens a file, and does not register it yet.
    pub fn open(&mut self, path: &Path) -> Opened<Interface> {
        let loader = &mut self.loader;
        let found = loader.inspect(&Candidate::new(path));
        let checked = loader.check(found.expect("a file"));
        // SAFETY: the test has built the file.
        let opened = unsafe { loader.open(checked.expect("it agrees")) };
        opened.expect("it opens")
    }

    /// The kind and the reason why a file is not loaded.
    pub fn refusal(&mut self, path: &Path) -> (Kind, String) {
        let refusal = self.load(path).expect_err("it is refused");
        assert_eq!(refusal.path, path);
        (refusal.kind, refusal.reason)
    }

    /// The tea of this name.
    pub fn tea(&self, name: &str) -> &'static dyn Pot {
        let mut teas = self.menu.0.iter();
        *teas.find(|tea| tea.name() == name).expect("it registered")
    }

    /// The names of all teas.
    pub fn teas(&self) -> Vec<&str> {
        self.menu.0.iter().map(|tea| tea.name()).collect()
    }
}

pub fn file(name: &str) -> String {
    format!("{}{name}{}", consts::DLL_PREFIX, consts::DLL_SUFFIX)
}

pub fn copy(plugin: &str, path: &Path) {
    let built = env::var_os("TOY_PLUGINS").expect("the plugins");
    fs::copy(Path::new(&built).join(file(plugin)), path)
        .unwrap_or_else(|error| panic!("{plugin}: {error}"));
    close(path);
}

/// Takes from others what the umask has given them.
pub fn close(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(path, mode).expect("its mode");
    }
    assert!(path.exists());
}

/// Brews two cups: what is in them, and how it ended.
pub fn brew(pot: &dyn Pot) -> ([f64; 2], Outcome, String) {
    let (mut cups, mut error) = ([0.0; 2], String::new());
    let outcome = pot.brew(&mut cups, &mut |_| {}, &mut error);
    (cups, outcome, error)
}

pub fn registered(loaded: Result<Loaded, Refusal>) -> String {
    match loaded.expect("it is not refused") {
        Loaded::Registered(plugin) => plugin.name().to_owned(),
        other => panic!("{other:?}"),
    }
}

pub fn before(loaded: Result<Loaded, Refusal>) -> String {
    match loaded.expect("it is not refused") {
        Loaded::Before(plugin) => plugin.name().to_owned(),
        other => panic!("{other:?}"),
    }
}

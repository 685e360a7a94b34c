//! Writes the text of a descriptor, in functions that allocate nothing,
//! so that the compiler can evaluate them.

pub(crate) struct Text<'a> {
    bytes: &'a mut [u8],
    length: usize,
}

impl<'a> Text<'a> {
    pub const fn new(bytes: &'a mut [u8]) -> Self {
        Self { bytes, length: 0 }
    }

    /// How long the whole text is, whether or not there was room.
    pub const fn length(&self) -> usize {
        self.length
    }

    pub const fn field(&mut self, name: &str, value: &str) {
        self.start(name);
        self.add(value);
        self.add("\n");
    }

    pub const fn start(&mut self, name: &str) {
        self.add(name);
        self.add("=");
    }

    /// Adds each name that is set in any of the lists, separated by
    /// commas. The lists have the same names, or none.
    pub const fn names(&mut self, lists: [&[(&str, bool)]; 3]) {
        let mut is_first = true;
        let mut at = 0;
        while at < lists[0].len() {
            let mut is_set = false;
            let mut list = 0;
            while list < lists.len() {
                is_set |= at < lists[list].len() && lists[list][at].1;
                list += 1;
            }
            if is_set {
                if !is_first {
                    self.add(",");
                }
                is_first = false;
                self.add(lists[0][at].0);
            }
            at += 1;
        }
        self.add("\n");
    }

    /// Adds the flags of the interface's crate, and those of the plugin
    /// and of this crate if they differ.
    pub const fn flags(&mut self, [api, plugin, own]: [&str; 3]) {
        self.add(api);
        let mut is_first = api.is_empty();
        if !is_same(api, plugin) {
            self.add(if is_first { "plugin: " } else { "; plugin: " });
            self.add(plugin);
            is_first = false;
        }
        if !is_same(api, own) {
            self.add(if is_first {
                "nutshell: "
            } else {
                "; nutshell: "
            });
            self.add(own);
        }
        self.add("\n");
    }

    pub const fn hex(&mut self, number: u64) {
        let mut digits = [0; 16];
        let mut at = 0;
        while at < 16 {
            let digit = (number >> (60 - 4 * at)) as u8 & 15;
            digits[at] = match digit {
                0..10 => b'0' + digit,
                _ => b'a' + digit - 10,
            };
            at += 1;
        }
        match str::from_utf8(&digits) {
            Ok(digits) => self.add(digits),
            Err(_) => unreachable!(),
        }
        self.add("\n");
    }

    pub const fn add(&mut self, text: &str) {
        if self.length + text.len() <= self.bytes.len() {
            let (_, rest) = self.bytes.split_at_mut(self.length);
            let (part, _) = rest.split_at_mut(text.len());
            part.copy_from_slice(text.as_bytes());
        }
        self.length += text.len();
    }
}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

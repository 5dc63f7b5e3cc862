use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::files;
use crate::profile::Profile;

/// The folder that the server embeds, and how it is replaced as a whole.
pub struct Site {
    folder: PathBuf,
    draft: PathBuf,
    old: PathBuf,
    made_from: PathBuf,
}

impl Site {
    /// The site of a profile; nothing is made yet.
    pub fn new(root: &Path, profile: Profile) -> Self {
        let sites = root.join("target/site");
        let name = profile.name();
        Self {
            folder: sites.join(name),
            draft: sites.join(format!(".{name}.draft")),
            old: sites.join(format!(".{name}.old")),
            // Beside the folder, not in it: the server must not be rebuilt because of it.
            made_from: sites.join(format!(".{name}.inputs")),
        }
    }

    /// Where the site is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True when the site stands and was made from just these inputs.
    pub fn is_made_from(&self, inputs: &str) -> bool {
        self.folder.join("hash").exists() && fs::read_to_string(&self.made_from).is_ok_and(|text| text == inputs)
    }

    /// An empty folder to build in.
    pub fn draft(&self) -> Result<PathBuf, Error> {
        files::remove_folder(&self.draft)?;
        files::make_folder(&self.draft)?;
        Ok(self.draft.clone())
    }

    /// Puts the draft in the site's place. A site with the same content is not touched, and a file with the same
    /// content keeps its time, so that nothing is rebuilt for nothing.
    pub fn publish(&self, draft: &Path, inputs: &str) -> Result<(), Error> {
        if self.keep_times(draft)? {
            files::remove_folder(draft)?;
        } else {
            files::remove_folder(&self.old)?;
            if self.folder.exists() {
                files::rename(&self.folder, &self.old)?;
            }
            files::rename(draft, &self.folder)?;
            files::remove_folder(&self.old)?;
        }
        files::write(&self.made_from, inputs.as_bytes())
    }

    /// Gives each file of the draft that the site has too the time of that one; true when they are all the same.
    fn keep_times(&self, draft: &Path) -> Result<bool, Error> {
        let new = files::below(draft)?;
        let mut same = new.len() == files::below(&self.folder)?.len();
        for path in new {
            let standing = self.folder.join(path.strip_prefix(draft).unwrap_or(&path));
            if standing.exists() && files::read(&standing)? == files::read(&path)? {
                copy_time(&standing, &path).map_err(Error::file("set the time of", &path))?;
            } else {
                same = false;
            }
        }
        Ok(same)
    }
}

fn copy_time(from: &Path, to: &Path) -> std::io::Result<()> {
    let changed = fs::metadata(from)?.modified()?;
    File::options().write(true).open(to)?.set_modified(changed)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    fn publish(site: &Site, content: &[(&str, &str)]) {
        let draft = site.draft().unwrap();
        for (name, text) in content {
            files::write(&draft.join(name), text.as_bytes()).unwrap();
        }
        site.publish(&draft, "inputs").unwrap();
    }

    fn changed(path: &Path) -> SystemTime {
        fs::metadata(path).unwrap().modified().unwrap()
    }

    #[test]
    fn a_file_with_the_same_content_keeps_its_time() {
        let root = tempfile::tempdir().unwrap();
        let site = Site::new(root.path(), Profile::Dev);
        publish(&site, &[("hash", "1"), ("pkg/a.css", "a"), ("pkg/gone.js", "")]);
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(1);
        let css = site.folder().join("pkg/a.css");
        File::options()
            .write(true)
            .open(&css)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();

        publish(&site, &[("hash", "2"), ("pkg/a.css", "a")]);

        assert_eq!(changed(&css), long_ago);
        assert_eq!(fs::read_to_string(site.folder().join("hash")).unwrap(), "2");
        assert!(!site.folder().join("pkg/gone.js").exists());
        assert!(!root.path().join("target/site/.dev.old").exists());
    }

    #[test]
    fn the_same_site_is_not_touched() {
        let root = tempfile::tempdir().unwrap();
        let site = Site::new(root.path(), Profile::Release);
        publish(&site, &[("hash", "1")]);
        let before = changed(site.folder());

        publish(&site, &[("hash", "1")]);

        assert_eq!(changed(site.folder()), before);
        assert!(!root.path().join("target/site/.release.draft").exists());
    }

    #[test]
    fn it_knows_what_it_was_made_from() {
        let root = tempfile::tempdir().unwrap();
        let site = Site::new(root.path(), Profile::Dev);
        assert!(!site.is_made_from("inputs"));
        publish(&site, &[("hash", "1")]);
        assert!(site.is_made_from("inputs"));
        assert!(!site.is_made_from("other inputs"));
    }
}

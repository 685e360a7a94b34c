//! `ONE_MORE=1` gives the trait one more method, as an edit of the
//! source would: neither version nor features of the crate change.

fn main() {
    println!("cargo::rerun-if-env-changed=ONE_MORE");
    if std::env::var("ONE_MORE").as_deref() == Ok("1") {
        println!("cargo::rustc-cfg=one_more");
    }
}

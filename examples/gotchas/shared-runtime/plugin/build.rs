//! The same switch as in `shared-api`.

fn main() {
    println!("cargo::rerun-if-env-changed=ONE_MORE");
    if std::env::var("ONE_MORE").as_deref() == Ok("1") {
        println!("cargo::rustc-cfg=one_more");
    }
}

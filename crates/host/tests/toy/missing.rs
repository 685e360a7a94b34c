//! A plugin that the system's loader does not open: it calls what is
//! nowhere.

tea_api::plugin!(|_| {
    // SAFETY: there is no such function, so it is never called.
    unsafe extern "C" {
        safe fn nobody_pours();
    }
    nobody_pours();
    Ok(())
});

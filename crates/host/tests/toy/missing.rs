//! A plugin that the system's loader does not open: it calls what is
//! nowhere.

tea_api::plugin!(|_| {
    unsafe extern "C" {
        safe fn nobody_pours();
    }
    nobody_pours();
    Ok(())
});

set breakpoint pending on
set print frame-arguments none
break panic::pour
run
sharedlibrary
backtrace

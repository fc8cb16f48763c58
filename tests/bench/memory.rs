//! How much memory this process has had at the most, where the system tells (Linux).

use crate::number::Number;

/// What a run with a thousand customers may take, in MB.
const ENOUGH: f64 = 1024.0;

/// Begins anew: what was needed before does not count.
pub fn forget_peak() {
    // Where it is refused, the peak is that of all that was measured before, too: more, never less.
    // https://docs.kernel.org/filesystems/proc.html, clear_refs
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The peak since then, beside what is enough; none where the system does not tell.
pub fn peak(name: String) -> Option<Number> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(Number::megabytes(name, kilobytes / 1024.0, ENOUGH))
}

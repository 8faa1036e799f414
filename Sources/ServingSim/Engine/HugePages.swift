#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Asks for huge pages under `memory`, which nobody has touched yet: mapping a long table page by
/// page costs a tenth of a fast run. Only a hint.
func preferHugePages(_ memory: UnsafeMutableRawBufferPointer) {
  #if os(Linux)
    let page = 2 << 20
    guard let base = memory.baseAddress, memory.count > 2 * page else { return }
    let skipped = -Int(bitPattern: base) & (page - 1)
    madvise(base + skipped, (memory.count - skipped) & ~(page - 1), MADV_HUGEPAGE)
  #endif
}

extension Double {
  /// The same as the standard library's, to the bit. That one goes digit by digit through witnesses for
  /// 128 bits, and figures of a run take it several times a request.
  @inlinable
  package init(_ instant: Int128) {
    let short = Int64(truncatingIfNeeded: instant)
    self = Int128(short) == instant ? Double(short) : Double.ofLong(instant)
  }

  /// By the standard library: where the type is not known, its initialiser is the one that is found.
  @usableFromInline
  static func ofLong(_ instant: some BinaryInteger) -> Double { Double(instant) }
}

import ServingModel
import SimKernel
import Testing

@testable import Scenarios

struct UnitsTests {
  @Test(arguments: [
    ("30 s", 30_000_000_000_000), ("30s", 30_000_000_000_000), ("50 ms", 50_000_000_000),
    ("10 us", 10_000_000), ("0.235 us", 235_000), ("2 min", 120_000_000_000_000),
    ("1 h", 3_600_000_000_000_000), ("7 d", 604_800_000_000_000_000), ("1e3 ns", 1_000_000),
    ("7 ps", 7), ("0 s", 0),
  ])
  func `times are whole picoseconds`(text: String, picoseconds: Int) {
    #expect(Units<SimDuration>.duration.parse(text)?.picoseconds == Int64(picoseconds))
  }

  @Test(arguments: [
    "30", "30 sec", "-1 s", "s", "", "nan s", "inf s", "1 S", "60 d", "1 s s", "e s",
  ])
  func `what is no time with a unit is refused`(text: String) {
    #expect(Units<SimDuration>.duration.parse(text) == nil)
  }

  @Test func `decimal and binary sizes differ`() {
    #expect(Units<Bytes>.size.parse("16 GB")?.count == 16e9)
    #expect(Units<Bytes>.size.parse("80 GiB")?.count == 85_899_345_920)
    #expect(Units<Bytes>.size.parse("131072 B")?.count == 131_072)
    #expect(Units<Bytes>.size.parse("80 gib") == nil)
  }

  @Test func `rates are per second`() {
    #expect(Units<Double>.rate.parse("5.5 /s") == 5.5)
    #expect(Units<Double>.rate.parse("300 /min") == 5)
    #expect(Units<Double>.rate.parse("5.5") == nil)
  }

  @Test func `bandwidth, arithmetic and power have their units`() {
    #expect(Units<BytesPerSecond>.bandwidth.parse("3.35 TB/s")?.rate == 3.35e12)
    #expect(Units<BytesPerSecond>.bandwidth.parse("400 Gbit/s")?.rate == 50e9)
    #expect(Units<FLOPsPerSecond>.compute.parse("989 TFLOP/s")?.rate == 989e12)
    #expect(Units<Watts>.power.parse("0.7 kW")?.value == 700)
  }
}

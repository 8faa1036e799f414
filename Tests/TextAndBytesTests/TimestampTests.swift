import Testing

@testable import TextAndBytes

private func nanoseconds(_ text: String) -> Int64? { Timestamp.nanoseconds(Array(text.utf8).span) }

@Test func `dates and times count from 1970`() {
  #expect(nanoseconds("1970-01-01 00:00:00") == 0)
  #expect(nanoseconds("1969-12-31 23:59:59") == -1_000_000_000)
  // Seconds as `date -u +%s` prints them.
  #expect(nanoseconds("2023-11-16 18:15:46.6805900") == 1_700_158_546_680_590_000)
  #expect(nanoseconds("2024-02-29T12:00:00.123456789Z") == 1_709_208_000_123_456_789)
  #expect(nanoseconds("2000-03-01 00:00:00") == 951_868_800_000_000_000)
}

@Test func `zones are taken off, whatever form they have`() {
  let noon = nanoseconds("2024-05-10 12:00:00")
  #expect(nanoseconds("2024-05-10 14:00:00+02:00") == noon)
  #expect(nanoseconds("2024-05-10 14:30:00.000+0230") == noon)
  #expect(nanoseconds("2024-05-10t04:00:00-08") == noon)
  #expect(nanoseconds("2024-05-10 12:00:00.000000+00:00") == noon)
}

@Test(arguments: [
  "", "2024-05-10", "2024-13-10 00:00:00", "2023-02-29 00:00:00", "2024-05-10 24:00:00",
  "2024-05-10 12:60:00", "2024-05-10 12:00:00.",
  "2024-05-10 12:00:00 CET", "05/10/2024 12:00:00", "2024-05-10 12:00:00+1",
  "20240510 12:00:00.00000",
  "x024-05-10 12:00:00",
])
func `what is no date and time is refused`(text: String) {
  #expect(nanoseconds(text) == nil)
}

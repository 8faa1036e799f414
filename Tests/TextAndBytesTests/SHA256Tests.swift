import Testing
import TextAndBytes

/// The examples of FIPS 180-4 and of NIST's test vectors.
@Test(arguments: [
  ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  (
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  ),
])
func `SHA-256 has the sums of the standard`(text: String, sum: String) {
  #expect(SHA256.sum(of: text) == sum)
  // The same byte by byte.
  var parts = SHA256()
  for byte in text.utf8 { parts.update([byte][...]) }
  #expect(parts.finish() == sum)
}

/// The sum of a million letters a (NIST), however they come.
@Test(arguments: [1_000_000, 63, 64, 65, 1000, 4096])
func `SHA-256 does not depend on how the bytes come`(size: Int) {
  let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
  var sum = SHA256()
  for start in stride(from: 0, to: bytes.count, by: size) {
    sum.update(bytes[start..<min(start + size, bytes.count)])
  }
  #expect(sum.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
}

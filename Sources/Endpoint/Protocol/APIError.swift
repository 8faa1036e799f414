import NIOHTTP1
import TextAndBytes

/// Why a request gets no answer, in the form of OpenAI's and vLLM's errors.
package struct APIError: Error, Hashable, Sendable {
  /// The HTTP status.
  var status: Int
  var type: String
  var message: String
  /// The field that is at fault.
  var field: String?
  /// Seconds after which to try again.
  var retryAfter: Int?
  /// The method that the path takes.
  var allowed: String?

  static func badRequest(_ message: String, field: String? = nil) -> APIError {
    APIError(status: 400, type: "BadRequestError", message: message, field: field)
  }

  static let unauthorized = APIError(
    status: 401, type: "AuthenticationError",
    message: "this server needs the header 'Authorization: Bearer TOKEN' with the token it was "
      + "started with")

  static func notFound(_ message: String, field: String? = nil) -> APIError {
    APIError(status: 404, type: "NotFoundError", message: message, field: field)
  }

  static func notAllowed(_ path: String, takes method: String) -> APIError {
    APIError(
      status: 405, type: "MethodNotAllowedError", message: "\(path) takes \(method)",
      allowed: method)
  }

  static func tooLarge(limit: Int) -> APIError {
    APIError(
      status: 413, type: "RequestEntityTooLargeError",
      message: "the body is longer than \(limit) bytes")
  }

  static let timedOut = APIError(
    status: 408, type: "RequestTimeoutError", message: "the request did not come in time")

  static func overloaded(_ message: String, retryAfter: Int) -> APIError {
    APIError(
      status: 429, type: "RateLimitError", message: message, retryAfter: retryAfter)
  }

  static let stopping = APIError(
    status: 503, type: "ServiceUnavailableError", message: "the server is stopping", retryAfter: 1)

  static let tookTooLong = APIError(
    status: 504, type: "TimeoutError", message: "the request took longer than the server allows")

  static let injected = APIError(
    status: 500, type: "InternalServerError", message: "an error that was asked for with --fault")

  var headers: HTTPHeaders {
    var headers = HTTPHeaders()
    if let retryAfter { headers.add(name: "retry-after", value: String(retryAfter)) }
    if let allowed { headers.add(name: "allow", value: allowed) }
    if status == 401 { headers.add(name: "www-authenticate", value: "Bearer") }
    return headers
  }

  /// The body of an answer, or of the last message of a stream.
  var body: String {
    JSON.object([
      JSON.Field(
        "error",
        .object([
          JSON.Field("message", .string(message)), JSON.Field("type", .string(type)),
          JSON.Field("param", field.map { .string($0) } ?? .null),
          JSON.Field("code", .integer(Int64(status))),
        ]))
    ]).compact
  }
}

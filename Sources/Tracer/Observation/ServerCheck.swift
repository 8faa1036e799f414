package import NIOCore
package import NIOSSL
import TextAndBytes

/// What keeps a server from taking a load, found before it is sent: a wrong path, no key, a model
/// that it does not have.
package struct ServerCheck: Sendable {
  package var origin: Origin
  package var security: NIOSSLContext?
  package var headers: [(name: String, value: String)]

  package init(
    _ origin: Origin, security: NIOSSLContext?, headers: [(name: String, value: String)]
  ) {
    self.origin = origin
    self.security = security
    self.headers = headers
  }

  /// In a sentence; nil: nothing. `models` are those that will be asked for; of a server without a
  /// list nothing is known of them.
  package func problem(
    of server: ServerDescription, models: [String], on loop: any EventLoop
  ) async -> String? {
    if let status = server.listStatus, status == 401 || status == 403 { return noKey(status) }
    guard server.hasList else { return await pathProblem(server, loop) }
    let missing = models.filter { !server.models.contains($0) }
    guard let first = missing.first, !server.models.isEmpty else { return nil }
    let names = missing.map { "\"\($0)\"" }.prefix(5).joined(separator: ", ")
    let there = server.models.prefix(10).joined(separator: ", ")
    return "\(origin) has no model \(names); it has \(there)"
      + Spelling.hint(for: first, of: server.models)
  }

  private func noKey(_ status: Int) -> String {
    "\(origin) refuses the key (HTTP \(status)): set the variable that --api-key-variable names"
  }

  /// Some servers have no list of models, but all have completions.
  private func pathProblem(_ server: ServerDescription, _ loop: any EventLoop) async -> String? {
    guard let answer = await fetch(origin, loop, { await $0.probe("/v1/completions") }) else {
      return nil
    }
    if answer.status == 401 || answer.status == 403 { return noKey(answer.status) }
    let isNone = answer.status == 404 || answer.status == 405 || (300..<400).contains(answer.status)
    guard isNone || answer.contentType.contains("html") else { return nil }
    let text =
      "\(origin)/v1 is no OpenAI endpoint: /v1/models gives HTTP \(server.listStatus ?? 0), "
      + "/v1/completions HTTP \(answer.status)"
    for place in origin.otherPlaces where await hasList(place, loop) {
      return text + "; did you mean \(place)?"
    }
    return text + "; state what stands before /v1 in its address"
  }

  private func hasList(_ place: Origin, _ loop: any EventLoop) async -> Bool {
    guard
      let answer = await fetch(place, loop, { await $0.get("/v1/models", within: .seconds(3)) }),
      answer.status == 200
    else { return false }
    return JSON(text: answer.text)?["data"]?.array != nil
  }

  private func fetch(
    _ place: Origin, _ loop: any EventLoop, _ ask: (Fetcher) async -> Fetcher.Answer?
  ) async -> Fetcher.Answer? {
    let fetcher = Fetcher(loop: loop, origin: place, security: security, headers: headers)
    defer { fetcher.close() }
    return await ask(fetcher)
  }
}

extension Origin {
  /// Where the endpoint may be instead, the likeliest first: without the ends of the path, and under
  /// the paths that gateways have it at.
  fileprivate var otherPlaces: [Origin] {
    var paths: [String] = []
    var rest = path
    while let slash = rest.lastIndex(of: "/"), paths.count < 8 {
      rest = String(rest[..<slash])
      paths.append(rest.hasSuffix("/v1") ? String(rest.dropLast(3)) : rest)
    }
    paths += ["/openai", "/api"].map { path + $0 }
    return paths.reduce(into: []) { places, path in
      var place = self
      place.path = path
      if path != self.path, !places.contains(place) { places.append(place) }
    }
  }
}

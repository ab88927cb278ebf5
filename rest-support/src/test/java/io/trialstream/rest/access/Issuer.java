package io.trialstream.rest.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A small issuer of OpenID Connect: discovery, keys, and the code flow, in which everybody is signed in as ada, a
 * viewer. Its tokens are signed with a key of its own.
 */
public class Issuer implements QuarkusTestResourceLifecycleManager {
    static final String CLIENT = "trialstream";
    private static final String KEY_ID = "key-1";
    private static final KeyPair KEYS = newKeys();
    private static volatile String address;

    private HttpServer server;
    private volatile String nonce = "";

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, discovery()));
        server.createContext("/keys", exchange -> json(exchange, keys()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", exchange -> json(exchange, tokens()));
        server.start();
        return Map.of(
                "quarkus.oidc.auth-server-url", address,
                "quarkus.oidc.credentials.secret", "a secret of 32 characters at least",
                "trialstream.access.oidc", "true");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /** A token of this issuer for somebody with this role. */
    static String token(String role) {
        return token(role, KEYS, CLIENT);
    }

    static String token(String role, KeyPair keys, String audience) {
        return Jwt.issuer(address)
                .subject("ada")
                .upn("ada")
                .audience(audience)
                .groups(Set.of(role))
                .expiresIn(60)
                .jws()
                .keyId(KEY_ID)
                .sign(keys.getPrivate());
    }

    static String expiredToken() {
        return Jwt.issuer(address)
                .subject("ada")
                .groups(Set.of("operator"))
                .issuedAt(1_000_000)
                .expiresAt(1_000_060)
                .jws()
                .keyId(KEY_ID)
                .sign(KEYS.getPrivate());
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        nonce = query.getOrDefault("nonce", "");
        String location = query.get("redirect_uri") + "?code=code-1&state=" + query.get("state");
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private String tokens() {
        String idToken = Jwt.issuer(address)
                .subject("ada")
                .upn("ada")
                .audience(CLIENT)
                .claim("nonce", nonce)
                .groups(Set.of("viewer"))
                .expiresIn(60)
                .jws()
                .keyId(KEY_ID)
                .sign(KEYS.getPrivate());
        return "{\"token_type\": \"Bearer\", \"expires_in\": 60, \"access_token\": \"" + token("viewer")
                + "\", \"id_token\": \"" + idToken + "\"}";
    }

    private static String discovery() {
        return """
            {"issuer": "ISSUER", "authorization_endpoint": "ISSUER/authorize", "token_endpoint": "ISSUER/token",
             "jwks_uri": "ISSUER/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
             "id_token_signing_alg_values_supported": ["RS256"]}"""
                .replace("ISSUER", address);
    }

    private static String keys() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        return "{\"keys\": [{\"kty\": \"RSA\", \"use\": \"sig\", \"alg\": \"RS256\", \"kid\": \"" + KEY_ID
                + "\", \"n\": \"" + base64(key.getModulus()) + "\", \"e\": \"" + base64(key.getPublicExponent())
                + "\"}]}";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

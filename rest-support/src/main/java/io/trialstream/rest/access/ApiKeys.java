package io.trialstream.rest.access;

import io.trialstream.rest.access.AccessSettings.ApiKey;
import io.trialstream.space.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The API keys that are accepted. A plain hash is enough: keys are random, so there is nothing to guess from. */
final class ApiKeys {
    private final Map<String, Entry> byHolder = new TreeMap<>();

    private record Entry(byte[] hash, Role role) {}

    /**
     * Who shows a key.
     *
     * @param name the name in the settings
     */
    record Holder(String name, Role role) {}

    /**
     * Takes the keys of the settings.
     *
     * @throws IllegalArgumentException naming the holder whose hash is none
     */
    ApiKeys(Map<String, ApiKey> keys) {
        keys.forEach((name, key) -> byHolder.put(name, new Entry(parsed(name, key.sha256()), key.role())));
    }

    boolean isEmpty() {
        return byHolder.isEmpty();
    }

    /** The holder of this key, found in a time that tells nothing of the hashes. */
    Optional<Holder> holderOf(String key) {
        byte[] hash = Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
        Optional<Holder> found = Optional.empty();
        for (Map.Entry<String, Entry> entry : byHolder.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue().hash(), hash)) {
                found = Optional.of(new Holder(entry.getKey(), entry.getValue().role()));
            }
        }
        return found;
    }

    /** The holder of this name, as long as there is one. */
    Optional<Holder> named(String name) {
        return Optional.ofNullable(byHolder.get(name)).map(entry -> new Holder(name, entry.role()));
    }

    private static byte[] parsed(String name, String sha256) {
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "trialstream.access.api-keys." + name + ".sha256 must be 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(sha256);
    }
}

package io.trialstream.rest.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sign-ins as signed texts: {@code BASE64(holder).EXPIRY.HMAC}, with HMAC-SHA-256 over what is before it. Nothing is
 * stored: a sign-in ends at its expiry, with a new secret, or when its holder's key is taken from the settings.
 */
final class Sessions {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecretKeySpec secret;
    private final Duration time;
    private final Clock clock;

    Sessions(Optional<String> secret, Duration time, Clock clock) {
        this.secret = new SecretKeySpec(
                secret.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(Sessions::drawn), ALGORITHM);
        this.time = time;
        this.clock = clock;
    }

    /** The sign-in of this holder, from now on. */
    String of(String holder) {
        String content = encoded(holder.getBytes(StandardCharsets.UTF_8)) + "."
                + clock.instant().plus(time).getEpochSecond();
        return content + "." + encoded(signature(content));
    }

    /** Who signed in, if the text is a sign-in that has not expired. */
    Optional<String> holderIn(String session) {
        String[] parts = session.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] given = Base64.getUrlDecoder().decode(parts[2]);
            boolean signed = MessageDigest.isEqual(given, signature(parts[0] + "." + parts[1]));
            return signed && Long.parseLong(parts[1]) > clock.instant().getEpochSecond()
                    ? Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] signature(String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] drawn() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}

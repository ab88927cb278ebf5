package io.trialstream.cli.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that the server has named.
 *
 * @param name without a directory
 * @param content its bytes; not copied
 */
public record NamedFile(String name, byte[] content) {
    private static final Pattern NAME = Pattern.compile("filename=\"?([A-Za-z0-9_][A-Za-z0-9._+-]{0,200})\"?");

    static NamedFile of(String contentDisposition, byte[] content) {
        Matcher name = NAME.matcher(contentDisposition);
        if (!name.find()) {
            throw new UnexpectedAnswerException("the server names no file in '" + contentDisposition + "'");
        }
        return new NamedFile(name.group(1), content);
    }
}

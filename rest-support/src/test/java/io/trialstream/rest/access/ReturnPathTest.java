package io.trialstream.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/swagger-ui/", "/api/v1/studies?pageSize=3&x=%2F%2Fevil", "/a:b", "/%0d%0aX:y", "/x#part"})
    void shouldTakeAPathOfThisService(String to) {
        assertThat(ReturnPath.of(to).map(Object::toString)).contains(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "/x\\y",
                "\\/evil.example",
                "https://evil.example",
                "https:evil.example",
                "javascript:alert(1)",
                " /x",
                "/x\r\nSet-Cookie: a=b",
                "/\t/evil.example",
                "/\n/evil.example",
                "/\"><script>",
                "/\u0000",
                "/é",
            })
    void shouldTakeNothingElse(String to) {
        assertThat(ReturnPath.of(to)).isEmpty();
    }
}

package io.trialstream.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsIT {

    @Test
    void shouldAnswerAnUnknownPath() {
        JsonPath problem = problem(404, "NOT_FOUND", given().get("/nothing/here"));

        assertThat(problem.getString("detail")).contains("/nothing/here");
        assertThat(problem.getString("instance")).isEqualTo("/nothing/here");
    }

    @Test
    void shouldAnswerAnUnknownPathBelowAKnownOne() {
        problem(404, "NOT_FOUND", given().get("/orders/1/2/3"));
    }

    @Test
    void shouldAnswerAnUnknownThing() {
        JsonPath problem = problem(404, "NOT_FOUND", given().get("/orders/17"));

        assertThat(problem.getString("detail")).isEqualTo("there is no order '17'");
        assertThat(problem.getString("type")).isEqualTo("urn:trialstream:error:NOT_FOUND");
        assertThat(problem.getString("title")).isEqualTo("Not found");
    }

    @Test
    void shouldAnswerAMethodThatIsNotAllowed() {
        problem(405, "METHOD_NOT_ALLOWED", given().delete("/orders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/orders/17", "/orders/tree", "/orders/17/lines", "/orders/17/lines/1"})
    void shouldSayTheMethodsOfAPathThatDoesNotKnowThisOne(String path) {
        Response response = given().request("TRACE", path);

        problem(405, "METHOD_NOT_ALLOWED", response);
        assertThat(response.getHeader("Allow")).isNotBlank();
    }

    @Test
    void shouldAnswerAMediaTypeThatIsNotServed() {
        problem(406, "NOT_ACCEPTABLE", given().accept("image/png").get("/orders?limit=1"));
    }

    @Test
    void shouldAnswerAMediaTypeThatIsNotUnderstood() {
        problem(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                given().contentType("text/csv").body("a,b").post("/orders"));
    }

    @Test
    void shouldSayWhereABodyIsNoJson() {
        JsonPath problem = problem(
                400,
                "UNREADABLE_REQUEST",
                json("{\"item\": \"a\",\n \"pieces\": }").post("/orders"));

        assertThat(problem.getString("detail")).contains("line 2");
    }

    @Test
    void shouldNameTheFieldOfAnotherType() {
        JsonPath problem = problem(
                400,
                "UNREADABLE_REQUEST",
                json("{\"item\": \"a\", \"pieces\": \"many\"}").post("/orders"));

        assertThat(problem.getString("errors[0].field")).isEqualTo("pieces");
    }

    @Test
    void shouldSayWhereABodyIsNoYaml() {
        JsonPath problem =
                problem(400, "UNREADABLE_REQUEST", yaml("a: 1\n b: [").post("/orders/tree"));

        assertThat(problem.getString("detail")).contains("line 2");
    }

    @Test
    void shouldRefuseAFieldThatOccursTwice() {
        problem(400, "UNREADABLE_REQUEST", yaml("a: 1\na: 2\n").post("/orders/tree"));
    }

    @Test
    void shouldRefuseAnEmptyBodyAndOneThatIsNoObject() {
        problem(400, "UNREADABLE_REQUEST", yaml("").post("/orders/tree"));
        problem(400, "UNREADABLE_REQUEST", yaml("- 1").post("/orders/tree"));
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() {
        problem(413, "TOO_LARGE", yaml("a: " + "x".repeat(300_000)).post("/orders/tree"));
    }

    @Test
    void shouldNameEveryFieldThatIsNotValid() {
        JsonPath problem = problem(
                422,
                "INVALID_REQUEST",
                json("{\"item\": \" \", \"pieces\": 0, \"lines\": [{\"text\": \"\"}]}")
                        .post("/orders"));

        assertThat(problem.getList("errors.field")).containsExactlyInAnyOrder("item", "pieces", "lines[0].text");
    }

    @Test
    void shouldNameAParameterThatIsNotValid() {
        JsonPath problem = problem(400, "INVALID_PARAMETER", given().get("/orders?limit=11"));

        assertThat(problem.getList("errors.field")).containsExactly("limit");
    }

    @Test
    void shouldRefuseAParameterOfAnotherType() {
        problem(400, "INVALID_PARAMETER", given().get("/orders?limit=many"));
    }

    @Test
    void shouldKeepTheInsideToItself() {
        Response response = given().get("/orders/bug");

        problem(500, "INTERNAL_ERROR", response);
        assertThat(response.asString()).doesNotContain("secret", "Exception");
    }

    @Test
    void shouldAnswerAsAskedWhenNothingIsWrong() {
        given().get("/orders?limit=3").then().statusCode(200).contentType("application/json");
        yaml("a: {b: 1}").post("/orders/tree").then().statusCode(200);
        given().request(Method.OPTIONS, "/orders").then().statusCode(200);
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    private static RequestSpecification yaml(String body) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body(body);
    }

    private static JsonPath problem(int status, String code, Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        JsonPath problem = response.jsonPath();
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("type")).isEqualTo("urn:trialstream:error:" + code);
        return problem;
    }
}

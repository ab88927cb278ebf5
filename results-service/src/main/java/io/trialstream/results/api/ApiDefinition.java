package io.trialstream.results.api;

import io.trialstream.rest.ProblemDetail;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the OpenAPI document says of the interface as a whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Trialstream results",
                        version = "v1",
                        description =
                                "Studies, their trials, leaderboards and learning curves. Commands are passed on to the suggester.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        tags = {
            @Tag(name = "Studies", description = "Studies with their leaderboards and trials"),
            @Tag(name = "Trials", description = "Single trials with their attempts and curves"),
            @Tag(name = "Commands", description = "What changes a study; answered by the suggester")
        },
        components =
                @Components(
                        responses =
                                @APIResponse(
                                        name = "Problem",
                                        description =
                                                "An error after RFC 9457; its type carries the code that logs and events use too",
                                        content =
                                                @Content(
                                                        mediaType = ProblemDetail.MEDIA_TYPE,
                                                        schema = @Schema(implementation = ProblemDetail.class),
                                                        examples =
                                                                @ExampleObject(
                                                                        name = "unknown study",
                                                                        value = ApiDefinition.EXAMPLE)))))
public class ApiDefinition extends Application {
    static final String EXAMPLE =
            """
            {
              "type": "urn:trialstream:error:NOT_FOUND",
              "title": "Not found",
              "status": 404,
              "detail": "there is no study 'cifar'",
              "instance": "/api/v1/studies/cifar",
              "errors": []
            }""";
}

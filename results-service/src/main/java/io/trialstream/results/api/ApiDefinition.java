package io.trialstream.results.api;

import io.trialstream.rest.ProblemDetail;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
            @Tag(name = "Analysis", description = "What a study's trials say together"),
            @Tag(name = "Live", description = "What happens now"),
            @Tag(name = "Export", description = "Everything, to be taken elsewhere"),
            @Tag(name = "Commands", description = "What changes a study; answered by the suggester")
        },
        components =
                @Components(
                        parameters = {
                            @Parameter(
                                    name = "pageSize",
                                    in = ParameterIn.QUERY,
                                    description = "How many elements at most",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    minimum = "1",
                                                    maximum = "1000",
                                                    defaultValue = "100")),
                            @Parameter(
                                    name = "pageToken",
                                    in = ParameterIn.QUERY,
                                    description = "The nextPageToken of the page before",
                                    schema = @Schema(type = SchemaType.STRING)),
                            @Parameter(
                                    name = "state",
                                    in = ParameterIn.QUERY,
                                    description = "Only trials in these states, separated by commas",
                                    schema = @Schema(type = SchemaType.STRING),
                                    example = "completed,pruned"),
                            @Parameter(
                                    name = "minObjective",
                                    in = ParameterIn.QUERY,
                                    description = "Only trials whose objective is at least this",
                                    schema = @Schema(type = SchemaType.NUMBER)),
                            @Parameter(
                                    name = "maxObjective",
                                    in = ParameterIn.QUERY,
                                    description = "Only trials whose objective is at most this",
                                    schema = @Schema(type = SchemaType.NUMBER)),
                            @Parameter(
                                    name = "origin",
                                    in = ParameterIn.QUERY,
                                    description = "Only trials whose configuration came from there",
                                    schema = @Schema(type = SchemaType.STRING),
                                    example = "model"),
                            @Parameter(
                                    name = "trainer",
                                    in = ParameterIn.QUERY,
                                    description = "Only trials that this trainer trains, or trained",
                                    schema = @Schema(type = SchemaType.STRING)),
                            @Parameter(
                                    name = "param.KEY",
                                    in = ParameterIn.QUERY,
                                    description =
                                            "Only trials whose configuration has, under KEY (A.B in an object), a number in a range (0.5..1.2, open: 0.5.. or ..1.2) or one of some values (Adam,Nadam)",
                                    schema = @Schema(type = SchemaType.STRING),
                                    example = "0.5..1.2"),
                            @Parameter(
                                    name = "fields",
                                    in = ParameterIn.QUERY,
                                    description =
                                            "Only these fields of each trial, separated by commas; of an object a member: configuration.KEY",
                                    schema = @Schema(type = SchemaType.STRING),
                                    example = "number,objective,configuration.lr_rate_mult"),
                            @Parameter(
                                    name = "maxPoints",
                                    in = ParameterIn.QUERY,
                                    description = "How many points at most",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    minimum = "1",
                                                    maximum = "50000",
                                                    defaultValue = "5000"))
                        },
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

package io.trialstream.rest.openapi;

import io.trialstream.rest.ProblemDetail;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to a service's OpenAPI document what the edge does to every operation: the credentials that it takes and the
 * errors with which it answers. Also names the fields that an answer always has: those that cannot be null.
 */
public class CommonDocument implements OASFilter {
    /** Marks schemas of which a request may select fields, so that none is always there. */
    public static final String SELECTABLE = "x-selectable";

    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_DETAIL = "ProblemDetail";
    private static final String FIELD_ERROR = "FieldError";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components =
                document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components);
        secure(document, components);
        addProblem(components);
        if (document.getPaths() != null) {
            document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                    .forEach((method, operation) -> addErrors(path, method, operation)));
        }
        components.getSchemas().values().forEach(CommonDocument::require);
    }

    /** No credential is one of the choices: access control may be off. */
    private static void secure(OpenAPI document, Components components) {
        components.setSecuritySchemes(null);
        components.addSecurityScheme(
                "apiKey",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("X-API-Key")
                        .description("A key of the role viewer, to read, or operator, to do everything"));
        components.addSecurityScheme(
                "bearer",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("A token of the issuer (OpenID Connect), where one is configured"));
        components.addSecurityScheme(
                "session",
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("trialstream-session")
                        .description("What a browser has after /sign-in"));
        document.setSecurity(null);
        document.addSecurityRequirement(OASFactory.createSecurityRequirement());
        for (String scheme : components.getSecuritySchemes().keySet()) {
            document.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(scheme));
        }
    }

    private static void addProblem(Components components) {
        if (components.getSchemas() == null || !components.getSchemas().containsKey(PROBLEM_DETAIL)) {
            components.addSchema(PROBLEM_DETAIL, problemDetail()).addSchema(FIELD_ERROR, fieldError());
        }
        if (components.getResponses() == null || !components.getResponses().containsKey(PROBLEM)) {
            components.addResponse(
                    PROBLEM,
                    OASFactory.createAPIResponse()
                            .description(
                                    "An error after RFC 9457; its type carries the code that logs and events use too")
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            ProblemDetail.MEDIA_TYPE,
                                            OASFactory.createMediaType().schema(ref(PROBLEM_DETAIL)))));
        }
    }

    private static void addErrors(String path, PathItem.HttpMethod method, Operation operation) {
        add(operation, "400", "The request, its address or a parameter cannot be read");
        add(operation, "401", "A credential is needed");
        add(operation, "403", "This role or origin may not send the request");
        if (path.contains("{")) {
            add(operation, "404", "There is nothing of this name");
        }
        if (method != PathItem.HttpMethod.GET) {
            add(operation, "408", "The body was sent too slowly");
            add(operation, "413", "The body is too large");
            add(operation, "415", "The body's media type is not understood");
            add(operation, "429", "Too many requests at once; Retry-After says when to come back");
            add(operation, "503", "Something that the request needs is away for now");
        }
        add(operation, "default", "Another error, such as 405, 406 or 500");
    }

    private static void add(Operation operation, String status, String description) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        if (!operation.getResponses().hasAPIResponse(status)) {
            APIResponse error = OASFactory.createAPIResponse().description(description);
            error.setRef("#/components/responses/" + PROBLEM);
            operation.getResponses().addAPIResponse(status, error);
        }
    }

    private static void require(Schema schema) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null || schema.hasExtension(SELECTABLE) || schema.getRequired() != null) {
            return;
        }
        properties.forEach((name, property) -> {
            if (!isNullable(property)) {
                schema.addRequired(name);
            }
        });
    }

    private static boolean isNullable(Schema property) {
        return isNull(property)
                || property.getAnyOf() != null && property.getAnyOf().stream().anyMatch(CommonDocument::isNull);
    }

    private static boolean isNull(Schema schema) {
        return schema.getType() != null && schema.getType().contains(SchemaType.NULL);
    }

    private static Schema problemDetail() {
        return object().addProperty("type", text())
                .addProperty("title", text())
                .addProperty(
                        "status",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).format("int32"))
                .addProperty("detail", text())
                .addProperty("instance", text())
                .addProperty(
                        "errors",
                        OASFactory.createSchema().addType(SchemaType.ARRAY).items(ref(FIELD_ERROR)));
    }

    private static Schema fieldError() {
        return object().addProperty("field", text()).addProperty("code", text()).addProperty("message", text());
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema ref(String schema) {
        return OASFactory.createSchema().ref("#/components/schemas/" + schema);
    }
}

package io.trialstream.results.api;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A study file that could be created as it is, as the suggester answers it.
 *
 * @param name the study's name
 * @param objective what it would optimise
 * @param budget when it would be over, as its study file says
 * @param parameters how many parameters its space has
 * @param spec the whole study file, defaults filled in
 * @param warnings what is allowed in it but hardly meant
 */
@Schema(description = "A study file that could be created as it is")
public record StudyPreview(
        @Schema(examples = "cifar100-seed") String name,
        Study.Objective objective,
        @Schema(type = SchemaType.OBJECT, examples = "{\"trials\": 200}") Map<String, Object> budget,
        int parameters,
        @Schema(type = SchemaType.OBJECT, description = "The study file's tree, defaults filled in")
                Map<String, Object> spec,
        List<Study.Warning> warnings) {}

package io.trialstream.results.api;

import io.trialstream.results.trainers.TrainerRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The trainers, now. */
@Path("/api/v1/trainers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live")
public class TrainersResource {
    private final TrainerRegistry registry;
    private final Clock clock;

    TrainersResource(TrainerRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Trainers.
     *
     * @param items by their ids
     */
    public record Trainers(List<Trainer> items) {}

    /** All trainers with a recent heartbeat. */
    @GET
    @Operation(
            summary = "List the trainers",
            description =
                    """
                    From their heartbeats, which come every 2 s: state, device, slots, and for each busy slot trial and \
                    epoch. One that has been silent for 10 minutes is forgotten, one that stopped after a minute.""")
    @Parameter(
            name = "pool",
            in = ParameterIn.QUERY,
            description = "Only the trainers of this pool",
            schema = @Schema(implementation = String.class))
    @APIResponse(
            responseCode = "200",
            description = "The trainers by their ids",
            content = @Content(schema = @Schema(implementation = Trainers.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the problem names it", ref = Problems.REF)
    public Response listTrainers(@Context UriInfo uri) {
        Optional<String> pool = QueryParameters.of(uri, "pool").text("pool");
        Instant now = clock.instant();
        return Answers.momentary(new Trainers(registry.trainers().stream()
                .map(seen -> Trainer.of(seen, now))
                .filter(trainer -> pool.isEmpty() || pool.get().equals(trainer.pool()))
                .toList()));
    }
}

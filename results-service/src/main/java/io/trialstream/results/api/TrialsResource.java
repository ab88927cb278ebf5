package io.trialstream.results.api;

import io.trialstream.results.store.EpochEntity;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single trials, for readers. */
@Path("/api/v1/trials/{trial}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trials")
public class TrialsResource {

    /** One trial with all its attempts. */
    @GET
    @Operation(
            summary = "Get a trial",
            description = "Its configuration, its result, and every attempt with trainer, timings and network")
    @APIResponse(responseCode = "200", description = "The trial")
    @APIResponse(responseCode = "404", description = "There is no such trial", ref = Problems.REF)
    public Trial getTrial(@Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial) {
        TrialEntity row = Lookups.trial(trial);
        return Views.detailed(row, RunEntity.ofTrial(row.trialId));
    }

    /** A trial's learning curve. */
    @GET
    @Path("/curve")
    @Operation(
            summary = "Get a trial's learning curve",
            description =
                    "All metrics by epoch: those of the run that stands, or runs, and before its resume point those of the runs it went on from")
    @APIResponse(responseCode = "200", description = "The epochs in order")
    @APIResponse(responseCode = "404", description = "There is no such trial", ref = Problems.REF)
    public Curve getCurve(@Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial) {
        TrialEntity row = Lookups.trial(trial);
        Lineage lineage = Lineage.of(row.runId, RunEntity.ofTrial(row.trialId));
        return new Curve(
                row.trialId,
                EpochEntity.ofTrial(row.trialId).stream()
                        .filter(epoch -> lineage.includes(epoch.runId, epoch.epoch))
                        .map(Views::point)
                        .toList());
    }
}

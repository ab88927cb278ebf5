package io.trialstream.rest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A resource that can fail in every way. */
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
public class Orders {
    private static final CountDownLatch OPEN = new CountDownLatch(1);
    private static final AtomicInteger WAITING = new AtomicInteger();

    public record Order(@NotBlank String item, @Positive int pieces, @Valid List<Line> lines) {}

    public record Line(@NotBlank String text) {}

    @GET
    public Map<String, Integer> list(@QueryParam("limit") @Max(10) int limit) {
        return Map.of("limit", limit);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Order create(@Valid Order order) {
        return order;
    }

    @POST
    @Path("/tree")
    @Consumes({"application/yaml", MediaType.APPLICATION_JSON})
    public Map<String, Object> tree(byte[] body) {
        return TreeBodies.object(body);
    }

    @POST
    @Path("/waiting")
    public void waitUntilOpen() throws InterruptedException {
        WAITING.incrementAndGet();
        OPEN.await();
    }

    static int waiting() {
        return WAITING.get();
    }

    static void open() {
        OPEN.countDown();
    }

    @GET
    @Path("/{id}")
    public Map<String, String> get(@PathParam("id") String id) {
        if (id.equals("bug")) {
            throw new IllegalStateException("secret of the inside");
        }
        throw ApiException.notFound("order", id);
    }

    @GET
    @Path("/{id}/lines")
    public Map<String, String> lines(@PathParam("id") String id) {
        return Map.of("id", id);
    }

    @GET
    @Path("/{id}/lines/{line}")
    public Map<String, String> line(@PathParam("id") String id, @PathParam("line") int line) {
        return Map.of("id", id);
    }
}

package io.trialstream.rest.access;

import io.trialstream.rest.ApiException;
import io.trialstream.rest.access.ApiKeys.Holder;
import io.trialstream.rest.edge.OpenPaths;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/**
 * Where a browser shows its API key once and gets a cookie for it. Pages of other sites can neither read that cookie
 * nor send it.
 */
@Path(SignIn.PATH)
public class SignIn {
    static final String PATH = OpenPaths.SIGN_IN;

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Trialstream: sign in</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="stylesheet" href="%s"></head><body>
            <h1>Trialstream</h1>
            <form method="post" action="%s"><p role="alert">%s</p>
              <input type="hidden" name="to" value="%s">
              <label>API key <input name="key" type="password" autocomplete="current-password" required autofocus></label>
              <button>Sign in</button>
            </form></body></html>
            """;

    /** A file of its own: the content security policy allows no styles inside pages. */
    private static final String STYLE_SHEET =
            """
            :root { color-scheme: light dark; font: 16px system-ui, sans-serif; }
            body { max-width: 24rem; margin: 15vh auto; padding: 0 1rem; }
            input, button { font: inherit; width: 100%; box-sizing: border-box; margin: .4rem 0; padding: .5rem; }
            """;

    private final AccessControl access;

    SignIn(AccessControl access) {
        this.access = access;
    }

    /** The page. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public String page(@QueryParam("to") @DefaultValue("/") String to) {
        return form(local(to), "");
    }

    /** How the page looks. */
    @GET
    @Path(OpenPaths.STYLE)
    @Produces("text/css")
    public String style() {
        return STYLE_SHEET;
    }

    /** Takes a key. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response signIn(
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("to") @DefaultValue("/") String to,
            @Context UriInfo uri) {
        URI target = local(to);
        Optional<Holder> holder = access.holderOf(key.strip());
        if (holder.isEmpty()) {
            return Response.status(Response.Status.UNAUTHORIZED)
                    .entity(form(target, "Unknown API key."))
                    .build();
        }
        return Response.seeOther(target)
                .cookie(cookie(access.session(holder.get()), NewCookie.DEFAULT_MAX_AGE, uri))
                .build();
    }

    /** Forgets the browser's sign-in. */
    @POST
    @Path(OpenPaths.OUT)
    public Response signOut(@Context UriInfo uri) {
        return Response.seeOther(URI.create(PATH)).cookie(cookie("", 0, uri)).build();
    }

    private String form(URI to, String message) {
        if (!access.isOn()) {
            throw new NotFoundException();
        }
        return PAGE.formatted(PATH + OpenPaths.STYLE, PATH, message, escaped(to.toString()));
    }

    private static NewCookie cookie(String value, int maxAge, UriInfo uri) {
        return new NewCookie.Builder(ApiKeyMechanism.COOKIE)
                .value(value)
                .path("/")
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure(uri.getBaseUri().getScheme().equals("https"))
                .maxAge(maxAge)
                .build();
    }

    private static URI local(String to) {
        return ReturnPath.of(to)
                .orElseThrow(
                        () -> ApiException.parameter("to", "must be a path of this service, such as /swagger-ui/"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}

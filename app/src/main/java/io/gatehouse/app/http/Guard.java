package io.gatehouse.app.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Stands before all pages: nothing can be changed over HTTP, so requests are questions without content. */
final class Guard extends Handler.Wrapper {
    private static final Set<String> QUESTIONS = Set.of(HttpMethod.GET.asString(), HttpMethod.HEAD.asString());

    private static final HttpField[] HEADERS = {
        new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
        new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
        // Nothing here is a page that a browser should load something for, run, or show within another one.
        new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    };

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        protect(response);
        if (!QUESTIONS.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        if (hasContent(request.getHeaders())) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** What every answer says to browsers. */
    static void protect(Response response) {
        for (HttpField header : HEADERS) {
            response.getHeaders().put(header);
        }
    }

    private static boolean hasContent(HttpFields headers) {
        return headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING);
    }
}

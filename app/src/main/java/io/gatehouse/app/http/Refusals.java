package io.gatehouse.app.http;

import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what is no request for a page, in words that are the same for all: nothing of the request comes back. */
final class Refusals implements Request.Handler {
    static final String JSON = "application/json; charset=utf-8";

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // What could not be parsed comes here without having passed the guard.
        Guard.protect(response);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        Content.Sink.write(response, true, page(response.getStatus()), callback);
        return true;
    }

    /** Says of a status what it means. */
    static String page(int status) {
        return HealthPage.not("answered", HttpStatus.getMessage(status).toLowerCase(Locale.ROOT));
    }
}

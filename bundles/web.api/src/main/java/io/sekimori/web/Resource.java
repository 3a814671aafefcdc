package io.sekimori.web;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something served over HTTPS: register it as a service. Of two services with the same route the one with the higher
 * ranking, then the older one, answers.
 *
 * <p>Thread-safe. A request in flight when the service goes is still answered by it.
 */
@ConsumerType
public interface Resource {

    /** What it serves; the same each time it is asked. */
    List<Route> routes();

    /**
     * Answers a request of one of its routes, whose caller has the permission, whose body is no larger than the route
     * allows and, if the route takes JSON, is a JSON object.
     *
     * @throws WebException with the problem to be answered
     * @throws IOException if the body cannot be read, or something failed below: answered with 500 and logged
     */
    Response handle(Request request) throws WebException, IOException;
}

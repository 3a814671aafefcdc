package io.sekimori.control;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers one kind of request on the control socket. Register an implementation as a service with the property
 * {@value #NAME}; who asks is the user the gateway runs as, or root.
 *
 * <p>Called on the thread of the connection, so it may take its time; several calls may run at once.
 */
@ConsumerType
public interface ControlOperation {

    /** The service property with the request's name: lower-case words joined by dots, {@code identity.show}. */
    String NAME = "control.operation";

    /**
     * Answers one request.
     *
     * @param members of the request: String, Long, Boolean, Map, List or null; unmodifiable
     * @param person the local user who asks, as the operating system says
     */
    ControlAnswer answer(Map<String, ?> members, String person);
}

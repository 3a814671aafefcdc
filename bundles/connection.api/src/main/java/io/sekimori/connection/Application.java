package io.sekimori.connection;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers the requests that consoles send to one application id. Register an implementation as a service with the
 * property {@link #ID}; the connection announces it to the broker and routes requests to it. Of two with the same id
 * the one of higher {@code service.ranking} answers.
 *
 * <p>Must be thread-safe: requests arrive on several threads. The time for an answer is bounded by the connection's
 * configuration; the thread is then interrupted and the requester is told 504. A service that is about to be replaced
 * still answers what it has begun.
 */
@ConsumerType
@FunctionalInterface
public interface Application {

    /** Name of the service property with the application's id, such as {@code DEPLOY-V2}: 1 to 64 of {@code A-Z 0-9 -}. */
    String ID = "application.id";

    /**
     * Answers one request. A refusal is a {@link Reply} with its own code, never an exception: one that is thrown is
     * logged here and answered 500 without its text.
     *
     * @param request bounded and well-formed; the permission to ask is the application's to decide
     */
    Reply handle(Request request);
}

package io.sekimori.web.jetty;

import java.util.function.BooleanSupplier;

/**
 * Who listens to events.
 *
 * @param name the same for all that one person, or one stranger's address, listens to
 * @param mayGoOn whether they still may
 */
record Viewer(String name, BooleanSupplier mayGoOn) {}

package io.sekimori.cli.console;

import io.sekimori.cli.Failure;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Something at the console that is looked at again whenever the console says that it went on. Confined to one thread.
 *
 * @param console where it is
 * @param events where the console tells, which it does once at first
 * @param look looks, and shows what there is
 */
record Live(ConsoleClient console, String events, Look look) {

    /** One look. */
    interface Look {
        JsonObject look() throws IOException, Failure, MalformedJson;
    }

    /** Whether what was seen is what is waited for. */
    interface Settled {
        boolean is(JsonObject seen) throws MalformedJson;
    }

    /** Looks until it is settled, and answers what was seen then. */
    JsonObject until(Settled settled) throws IOException, Failure, MalformedJson {
        JsonObject seen = look.look();
        while (!settled.is(seen)) {
            seen = listen(settled, seen);
        }
        return seen;
    }

    /** Until the stream of events ends, as when the console is updated; then it is asked anew. */
    private JsonObject listen(Settled settled, JsonObject before) throws IOException, Failure, MalformedJson {
        JsonObject seen = before;
        try (Stream<String> told = console.events(events)) {
            Iterator<String> lines = told.iterator();
            while (!settled.is(seen) && lines.hasNext()) {
                if (lines.next().startsWith("data:")) {
                    seen = look.look();
                }
            }
        } catch (UncheckedIOException e) {
            // The line broke; what became of it is asked for next.
            return look.look();
        }
        return seen;
    }
}

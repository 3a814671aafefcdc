package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.Records;
import io.sekimori.records.kit.Consoles;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Changes;
import io.sekimori.releases.Order;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Kind;
import io.sekimori.trust.SignedAssignment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/** A console with the product and a next version of the application, and a director that Otto asks for one gateway. */
final class AssigningConsole {

    static final String OTTO = "person:otto";
    static final String DEVICE = Console.device(1);

    final Console console;
    final Records records;
    final SigningDirector director;

    AssigningConsole(Consoles consoles, Path work) throws Exception {
        console = new Console(work, consoles.unit());
        records = consoles.console();
        director = console.director(records);
        console.product();
        console.add(Console.APP, "1.1.0", 2, 0, Kind.BUNDLE);
        bring();
    }

    /** Brings what the publisher added since. */
    void bring() throws Exception {
        console.bring(console.releases(records));
    }

    Tables tables() {
        return new Tables(() -> records);
    }

    /** What signs anew for gateways that ask. */
    FreshAssignments fresh() {
        return fresh(() -> console.settings, Console.silent(Logger.class));
    }

    /** One that asks for its settings whenever it opens the repositories. */
    FreshAssignments fresh(Supplier<Settings> settings, Logger log) {
        Tables tables = tables();
        Repositories repositories = new Repositories(tables, settings);
        return new FreshAssignments(
                tables,
                new Signing(repositories, () -> console.settings, console.time),
                new HeldBack(tables, repositories, console.time, log),
                console.time,
                log);
    }

    Order order(Changes changes) throws Exception {
        return new Order(DEVICE, Console.MODEL, console.report(DEVICE, 1), changes);
    }

    static Changes set(String symbolicName, String version) {
        return new Changes(
                List.of(new Changes.Setting(symbolicName, version, OptionalInt.empty())), Set.of(), Map.of());
    }

    Assignment assigned(Order order) throws Exception {
        AssignAnswer answer = director.assign(List.of(order), OTTO).get(0);
        assertThat(answer).isInstanceOf(AssignAnswer.Assigned.class);
        Assignment assignment = current(order.device());
        assertThat(assignment.version()).isEqualTo(((AssignAnswer.Assigned) answer).version());
        return assignment;
    }

    void refused(Order order, String code) throws Exception {
        assertThat(director.assign(List.of(order), OTTO).get(0))
                .isInstanceOfSatisfying(
                        AssignAnswer.Refused.class,
                        refused ->
                                assertThat(refused.code()).as(refused.detail()).isEqualTo(code));
    }

    /** What the gateway would be given now. */
    Assignment current(String device) throws Exception {
        String document = director.current(device).orElseThrow().document();
        return SignedAssignment.read(document.getBytes(StandardCharsets.UTF_8)).assignment();
    }
}

package io.sekimori.ports.linux;

import io.sekimori.ports.Listener;
import io.sekimori.ports.Listener.Transport;
import io.sekimori.ports.PortCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What listens against what was declared. Confined to one look. */
final class Comparison {

    /** How the Java runtime names the door for who attaches to it. */
    private static final Pattern ATTACHED = Pattern.compile(".*/\\.java_pid[0-9]+");

    private final List<Declaration> declared;
    private final Settings settings;
    private final BiConsumer<PortCode, String> finding;

    Comparison(List<Declaration> declared, Settings settings, BiConsumer<PortCode, String> finding) {
        this.declared = declared;
        this.settings = settings;
        this.finding = finding;
    }

    /** Answers the listeners with their bundles. */
    List<Listener> of(List<Owners.Owned> open) {
        List<Listener> listeners = new ArrayList<>();
        for (Owners.Owned each : open) {
            Optional<Declaration> by = each.own()
                    ? declared.stream().filter(one -> one.covers(each.socket())).findFirst()
                    : Optional.empty();
            Listener listener = each.listener(by.map(Declaration::bundle).orElse(""));
            listeners.add(listener);
            judge(each, listener, by.isPresent());
        }
        missing(open);
        return List.copyOf(new TreeSet<>(listeners));
    }

    private void judge(Owners.Owned each, Listener listener, boolean declaredByBundle) {
        if (!each.own()) {
            if (!settings.permits(each.socket())) {
                String who = listener.pid() == 0 ? "" : " (" + listener.program() + ")";
                finding.accept(PortCode.PORT_FOREIGN, listener.name() + who);
            }
        } else if (listener.transport() == Transport.UNIX
                && ATTACHED.matcher(listener.address()).matches()) {
            finding.accept(PortCode.ATTACH_OPEN, listener.name());
        } else if (!declaredByBundle) {
            finding.accept(PortCode.PORT_UNDECLARED, listener.name());
        }
    }

    private void missing(List<Owners.Owned> open) {
        for (Declaration one : declared) {
            if (!one.optional() && open.stream().noneMatch(each -> each.own() && one.covers(each.socket()))) {
                finding.accept(PortCode.PORT_MISSING, one.name() + " of " + one.bundle());
            }
        }
    }
}

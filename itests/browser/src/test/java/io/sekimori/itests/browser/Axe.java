package io.sekimori.itests.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Looks for what keeps people out, with the rules of axe-core for WCAG 2.2 A and AA and its best practices. Stateless. */
final class Axe {

    private static final String RUN =
            "axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations"
                    + ".map(one => one.id + ': ' + one.nodes.map(node => node.target + ' ' + node.html.slice(0, 160)"
                    + " + ' ' + (node.any[0]?.message ?? '')).join(' | ')).join('\\n'))";

    private final String script;

    Axe() throws IOException {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IOException("axe.min.js is not on the class path");
            }
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** One line for each rule that the page breaks; empty if it breaks none. */
    String violations(Tab tab) {
        if (!Boolean.TRUE.equals(tab.eval("typeof axe === 'object'"))) {
            tab.eval(script + "; true");
        }
        return String.valueOf(tab.eval(RUN));
    }
}

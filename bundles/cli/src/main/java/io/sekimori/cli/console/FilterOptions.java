package io.sekimori.cli.console;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which gateways: conditions that must all hold. */
final class FilterOptions {

    @Option(names = "--model", paramLabel = "MODEL", descriptionKey = "filter.model")
    private Optional<String> model = Optional.empty();

    @Option(names = "--serial", paramLabel = "PREFIX", descriptionKey = "filter.serial")
    private Optional<String> serial = Optional.empty();

    @Option(names = "--life", paramLabel = "STATE", descriptionKey = "filter.life")
    private Optional<String> life = Optional.empty();

    @Option(names = "--connected", paramLabel = "true|false", descriptionKey = "filter.connected")
    private Optional<Boolean> connected = Optional.empty();

    @Option(names = "--bundle", paramLabel = "NAME[/VERSION]", descriptionKey = "filter.bundle")
    private Optional<String> bundle = Optional.empty();

    @Option(names = "--label", paramLabel = "LABEL", descriptionKey = "filter.label")
    private Optional<String> label = Optional.empty();

    Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        model.ifPresent(value -> words.put("model", value));
        serial.ifPresent(value -> words.put("serial", value));
        life.ifPresent(value -> words.put("life", value));
        connected.ifPresent(value -> words.put("connected", value.toString()));
        label.ifPresent(value -> words.put("label", value));
        bundle.ifPresent(value -> {
            int slash = value.indexOf('/');
            words.put("bundle", slash < 0 ? value : value.substring(0, slash));
            if (slash >= 0) {
                words.put("version", value.substring(slash + 1));
            }
        });
        return words;
    }
}

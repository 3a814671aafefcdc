package io.sekimori.authority.ca;

import java.lang.annotation.Annotation;

/** Configurations as Declarative Services hands them over. */
final class Configurations {

    private Configurations() {}

    static Settings.Config of(String console, String broker, String root, String... names) {
        return of(366, console, broker, root, names);
    }

    static Settings.Config of(int days, String console, String broker, String root, String... names) {
        return new Settings.Config() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return Settings.Config.class;
            }

            @Override
            public String console() {
                return console;
            }

            @Override
            public String broker() {
                return broker;
            }

            @Override
            public String account() {
                return "sekimori";
            }

            @Override
            public String root_sha256() {
                return root;
            }

            @Override
            public int certificate_days() {
                return days;
            }

            @Override
            public String[] names() {
                return names;
            }
        };
    }
}

package io.sekimori.update.engine.lab;

/** A component whose partner nobody offers. */
public final class Lonely {

    /** Its description. */
    public static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="lonely" immediate="true">
              <reference name="partner" interface="java.lang.Runnable"/>
              <implementation class="io.sekimori.update.engine.lab.Lonely"/>
            </scr:component>
            """;
}

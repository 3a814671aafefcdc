package io.sekimori.itests.traffic;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Something to configure: each caller changes an instance of its own. */
@Component(name = Setting.FACTORY_PID, service = Setting.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Setting.Config.class, factory = true)
public final class Setting {

    static final String FACTORY_PID = "io.sekimori.itests.traffic.Setting";

    private volatile long number;

    /** The configuration. */
    @ObjectClassDefinition(name = "Setting", description = "A number that nothing depends on.")
    public @interface Config {

        @AttributeDefinition(name = "Number", description = "Any number.")
        long number() default 0;
    }

    @Activate
    @Modified
    void apply(Config config) {
        number = config.number();
    }

    /** The number in force. */
    public long number() {
        return number;
    }
}

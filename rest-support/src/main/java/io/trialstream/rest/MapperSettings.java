package io.trialstream.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.MessageCodec;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST bodies follow the same JSON rules as messages. */
public class MapperSettings {

    /** The mapper of the REST layer. */
    @Produces
    @Singleton
    public ObjectMapper mapper() {
        return MessageCodec.newMapper();
    }
}

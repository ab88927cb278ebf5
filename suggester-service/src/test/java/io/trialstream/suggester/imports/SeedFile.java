package io.trialstream.suggester.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.contracts.study.StudySpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A result file of the 2017 search with its published figures, and the study that it belongs to. */
final class SeedFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** The best model's figures as published; its history was not. */
    static final String BEST =
            """
            {
              "coarse_best_accuracy": 0.7731000242233277, "coarse_best_loss": 0.8012041954994201,
              "coarse_end_accuracy": 0.7565, "coarse_end_loss": 0.9019438380718231,
              "fine_best_accuracy": 0.6761000108718872, "fine_best_loss": 1.3936876878738402,
              "fine_end_accuracy": 0.6549, "fine_end_loss": 1.539645684337616,
              "loss": -0.6761000108718872, "real_loss": 3.018656848526001,
              "model_name": "model_0.676100010872_6066e", "status": "ok",
              "space": {
                "activation": "elu", "batch_size": 320.0, "coarse_labels_weight": 0.3067103474295116,
                "conv_dropout_drop_proba": 0.25923531175521264, "conv_hiddn_units_mult": 1.5958302613876916,
                "conv_kernel_size": 3.0, "conv_pool_res_start_idx": 0.0, "fc_dropout_drop_proba": 0.4322253354921089,
                "fc_units_1_mult": 1.3083964454436132, "first_conv": 3, "l2_weight_reg_mult": 0.41206755600055983,
                "lr_rate_mult": 0.6549347353077412, "nb_conv_pool_layers": 3, "one_more_fc": null,
                "optimizer": "Nadam", "pooling_type": "avg", "res_conv_kernel_size": 2.0, "residual": 3.0,
                "use_BN": true
              }
            }
            """;

    private SeedFile() {}

    /** The same with a history of two epochs, the first of them the better one. */
    static String withHistory() {
        StringBuilder history = new StringBuilder();
        for (String name : new String[] {
            "loss", "fine_outputs_acc", "fine_outputs_loss", "coarse_outputs_acc", "coarse_outputs_loss"
        }) {
            history.append("\"").append(name).append("\": [0.1, 0.2], ");
            history.append("\"val_").append(name).append("\": [0.6761000108718872, NaN], ");
        }
        return BEST.replace(
                "\"status\"", "\"history\": {" + history.substring(0, history.length() - 2) + "}, \"status\"");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The shipped study of this protocol. */
    @SuppressWarnings("unchecked")
    static StudySpec study(String protocol) {
        try {
            Map<String, Object> tree =
                    YAML.readValue(Path.of("../studies/cifar100-seed.yaml").toFile(), Map.class);
            ((Map<String, Object>) tree.get("training")).put("protocol", protocol);
            return StudySpec.read(tree);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

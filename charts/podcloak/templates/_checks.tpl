{{- /* Generated from templates/chart and src/values by `npm run chart`. Do not edit. */ -}}

{{/* A mistake as `podcloak synth` reports it. Takes a code, a path, what is wrong, and the remedy. */}}
{{- define "podcloak.mistake" -}}
{{ printf "error %s: %s: %s\n    fix: %s" (index . 0) (index . 1) (index . 2) (index . 3) }}
{{- end }}

{{/*
What the schema cannot say. All mistakes are reported at once, under the codes of `podcloak synth`. What is
not checked here, because templates cannot, is refused by the agent: see docs/chart.md.
*/}}
{{- define "podcloak.checks" -}}
{{- $found := list }}
{{- $namespace := include "podcloak.namespace" . }}
{{- $ranges := compact (list .Values.ipv4NativeRoutingCIDR .Values.ipv6NativeRoutingCIDR) }}
{{- $strict := .Values.encryption.strictMode }}
{{- $strictEgress := or $strict.enabled $strict.egress.enabled }}
{{- $strictRanges := $strict.egress.cidr }}
{{- if kindIs "string" $strictRanges }}
{{- $strictRanges = list $strictRanges }}
{{- end }}
{{- $olderRanges := $strict.cidr | default "" }}
{{- if kindIs "string" $olderRanges }}
{{- $olderRanges = list $olderRanges }}
{{- end }}

{{- /* toYaml keeps its own errors to itself, and gives nothing; of U+0085 it makes a space. */ -}}
{{- $given := omit .Values "global" }}
{{- if or (not (toYaml $given)) (regexMatch "[\\x{7f}-\\x{9f}\\x{fffe}\\x{ffff}]" (toJson $given)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC520" "a string or a key" "helm cannot print it" "Helm would change it, or leave out the whole block that it is in, without a word. Remove the control characters U+007F to U+009F, U+FFFE and U+FFFF, and keys of more than 1000 characters.")) }}
{{- end }}

{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" $namespace) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC408" "--namespace" "the namespace is not a valid name" "Give lower-case letters, digits and '-', at most 63 characters.")) }}
{{- end }}

{{- if and .Values.encryption.enabled (not $ranges) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC201" "ipv4NativeRoutingCIDR" "encryption.enabled=true needs the range of the pods" "Give the range of your cluster's pods: --set ipv4NativeRoutingCIDR=10.244.0.0/16, or ipv6NativeRoutingCIDR, or both.")) }}
{{- end }}

{{- if and (compact $strictRanges) (compact $olderRanges) (ne (join "," $strictRanges) (join "," $olderRanges)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC554" "encryption.strictMode.cidr" "encryption.strictMode.egress.cidr has another value" "Keep encryption.strictMode.egress.cidr and remove encryption.strictMode.cidr.")) }}
{{- end }}

{{- if and (or $strictEgress $strict.ingress.enabled) (not $ranges) (not (compact $strictRanges)) (not (compact $olderRanges)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC218" "encryption.strictMode.egress.cidr" (printf "encryption.strictMode.%s.enabled=true needs a range to be strict about" (ternary "egress" "ingress" (default false $strictEgress))) "Give the range of the pods as ipv4NativeRoutingCIDR or ipv6NativeRoutingCIDR, or another one as encryption.strictMode.egress.cidr.")) }}
{{- end }}

{{- /* Go's own reading of a duration. Where it has none, as for one of centuries, the date stays the same. */ -}}
{{- $keepalive := .Values.encryption.wireguard.persistentKeepalive }}
{{- $start := toDate "2006" "2000" }}
{{- $end := dateModify $keepalive $start }}
{{- $seconds := sub ($end | unixEpoch | int64) ($start | unixEpoch | int64) }}
{{- if or (ne (date ".000000000" $end) ".000000000") (gt $seconds 65535) (and (eq $seconds 0) (regexMatch "[1-9]" $keepalive)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC219" "encryption.wireguard.persistentKeepalive" (printf "%s is no whole number of seconds up to 65535" $keepalive) "Give encryption.wireguard.persistentKeepalive whole seconds up to 65535, such as 25s, or 0s for none.")) }}
{{- end }}

{{- $taint := $strict.startupTaint }}
{{- if and (regexMatch `^([^/]+\.)?(kubernetes|k8s)\.io/` $taint.key) (not (regexMatch `^(startup|ignore)-taint\.cluster-autoscaler\.kubernetes\.io/[A-Za-z0-9]` $taint.key)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC551" "encryption.strictMode.startupTaint.key" (printf "%s is not yours to remove" $taint.key) "Give a key of your own as encryption.strictMode.startupTaint.key: one below kubernetes.io or k8s.io means something to others, but for startup-taint.cluster-autoscaler.kubernetes.io/NAME.")) }}
{{- end }}

{{- $tolerated := not $taint.enabled }}
{{- range .Values.tolerations }}
{{- if and (eq (.operator | default "Equal") "Exists") (has (.key | default "") (list "" $taint.key)) (not .effect) (not (hasKey . "tolerationSeconds")) }}
{{- $tolerated = true }}
{{- end }}
{{- end }}
{{- if not $tolerated }}
{{- $found = append $found (include "podcloak.mistake" (list "PC550" "tolerations" (printf "none of them tolerates %s with every effect" $taint.key) "Add to tolerations: {key: KEY, operator: Exists}, with the key of encryption.strictMode.startupTaint, or leave tolerations at the default.")) }}
{{- end }}

{{- $ipsec := .Values.encryption.ipsec }}
{{- $maker := ternary "encryption.ipsec.secret.generate=true" (ternary "encryption.ipsec.rotation.schedule" "" (ne $ipsec.rotation.schedule "")) $ipsec.secret.generate }}
{{- if and $maker $ipsec.key }}
{{- $found = append $found (include "podcloak.mistake" (list "PC558" "encryption.ipsec.key" (printf "it is rendered, and %s writes another" $maker) "Remove encryption.ipsec.key: every apply would bring that key back, and undo a rotation. To give the key yourself, set encryption.ipsec.secret.generate=false and leave encryption.ipsec.rotation.schedule empty.")) }}
{{- end }}
{{- if and $maker $ipsec.keyVolume }}
{{- $found = append $found (include "podcloak.mistake" (list "PC559" "encryption.ipsec.keyVolume" (printf "the agents read it, and %s writes the Secret" $maker) "Remove encryption.ipsec.keyVolume. Keys that come from elsewhere are made and rotated there: set encryption.ipsec.secret.generate=false and leave encryption.ipsec.rotation.schedule empty.")) }}
{{- end }}
{{- if eq (lower $ipsec.rotation.timeZone) "local" }}
{{- $found = append $found (include "podcloak.mistake" (list "PC560" "encryption.ipsec.rotation.timeZone" (printf "%s is no time zone of its own" $ipsec.rotation.timeZone) "Give a name of the IANA database, such as Etc/UTC or Europe/Berlin.")) }}
{{- end }}
{{- if and $ipsec.rotation.schedule (not $ipsec.keyWatcher) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC561" "encryption.ipsec.rotation.schedule" "agents do not look at the Secret again while keyWatcher is false" "Set encryption.ipsec.keyWatcher=true, or leave encryption.ipsec.rotation.schedule empty and rotate when you restart the agents.")) }}
{{- end }}
{{- if and $ipsec.rotation.schedule (gt (len .Values.fullnameOverride) 45) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC562" "fullnameOverride" (printf "it has %d characters" (len .Values.fullnameOverride)) "Give fullnameOverride at most 45 characters: with -rotate behind it, it must fit into 52.")) }}
{{- end }}

{{- $mountPath := .Values.encryption.ipsec.mountPath }}
{{- $hidden := "" }}
{{- range (list "/run/podcloak" "/var/run/secrets" "/proc" "/sys" "/dev" "/host/proc/sys/net") }}
{{- if or (hasPrefix (printf "%s/" .) (printf "%s/" $mountPath)) (hasPrefix (printf "%s/" $mountPath) (printf "%s/" .)) }}
{{- $hidden = $hidden | default . }}
{{- end }}
{{- end }}
{{- if and (not $hidden) (has $mountPath (list "/etc" "/usr" "/lib" "/run" "/var" "/bin" "/app")) }}
{{- $hidden = printf "what the image has in %s" $mountPath }}
{{- end }}
{{- if $hidden }}
{{- $found = append $found (include "podcloak.mistake" (list "PC210" "encryption.ipsec.mountPath" (printf "%s would hide %s" $mountPath $hidden) "Choose another encryption.ipsec.mountPath, such as /etc/ipsec.")) }}
{{- end }}

{{- $seen := dict }}
{{- range $index, $variable := .Values.extraEnv }}
{{- $path := printf "extraEnv[%d].name" $index }}
{{- if and $variable.value (hasKey $variable "valueFrom") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC217" $path (printf "%s has both value and valueFrom" $variable.name) "Keep either value or valueFrom: the API server refuses both.")) }}
{{- else if has $variable.name (list "NODE_NAME" "POD_NAMESPACE" "PODCLOAK_CONFIG_MAP" "PODCLOAK_HEALTH_PORT" "PODCLOAK_METRICS_PORT") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC206" $path (printf "Podcloak sets %s itself" $variable.name) "Remove it from extraEnv.")) }}
{{- else if hasKey $seen $variable.name }}
{{- $found = append $found (include "podcloak.mistake" (list "PC205" $path (printf "%s stands in the list already" $variable.name) "Keep one of the two.")) }}
{{- else }}
{{- $_ := set $seen $variable.name true }}
{{- end }}
{{- end }}

{{- if .Values.k8sServiceHost }}
{{- range $index, $variable := .Values.extraEnv }}
{{- if has $variable.name (list "KUBERNETES_SERVICE_HOST" "KUBERNETES_SERVICE_PORT") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC206" (printf "extraEnv[%d].name" $index) (printf "k8sServiceHost sets %s" $variable.name) "Remove it from extraEnv.")) }}
{{- end }}
{{- end }}
{{- end }}

{{- $volumes := (list "ipsec-keys" "state" "network-settings") }}
{{- range $index, $volume := .Values.extraVolumes }}
{{- if has $volume.name $volumes }}
{{- $found = append $found (include "podcloak.mistake" (list "PC522" (printf "extraVolumes[%d].name" $index) (printf "there is a volume %s" $volume.name) "Give each of extraVolumes a name of its own, other than ipsec-keys, state and network-settings. For keys that come from elsewhere than the Secret set encryption.ipsec.keyVolume.")) }}
{{- end }}
{{- $volumes = append $volumes $volume.name }}
{{- end }}

{{- range $name, $labels := dict "podLabels" .Values.podLabels "commonLabels" .Values.commonLabels }}
{{- range $key, $value := $labels }}
{{- if has $key (list "app.kubernetes.io/name" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/version" "app.kubernetes.io/managed-by") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC208" (printf "%s.%q" $name $key) (printf "Podcloak sets the label %s" $key) "Remove it: the agent's pods are found by these labels.")) }}
{{- end }}
{{- end }}
{{- end }}

{{- if and .Values.monitoring.enabled (eq (int64 .Values.monitoring.port) (int64 .Values.healthPort)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC209" "monitoring.port" (printf "healthPort is %d as well" (int64 .Values.healthPort)) "Give healthPort and monitoring.port different values.")) }}
{{- end }}

{{- range $list, $tolerations := dict "tolerations" .Values.tolerations "uninstall.tolerations" .Values.uninstall.tolerations }}
{{- range $index, $toleration := $tolerations }}
{{- $path := printf "%s[%d]" $list $index }}
{{- $operator := $toleration.operator | default "Equal" }}
{{- if and (eq $operator "Exists") $toleration.value }}
{{- $found = append $found (include "podcloak.mistake" (list "PC216" $path "operator Exists takes no value" "With operator Exists give no value; without a key the operator must be Exists.")) }}
{{- else if and (not $toleration.key) (ne $operator "Exists") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC216" $path "without a key the operator must be Exists" "With operator Exists give no value; without a key the operator must be Exists.")) }}
{{- else if and (hasKey $toleration "tolerationSeconds") (ne (toString $toleration.effect) "NoExecute") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC216" $path "tolerationSeconds needs the effect NoExecute" "Set effect: NoExecute, or remove tolerationSeconds.")) }}
{{- end }}
{{- end }}
{{- end }}

{{- if regexMatch `(^|/)cilium/cilium(-dev|-ci)?$` .Values.image.repository }}
{{- $found = append $found (include "podcloak.mistake" (list "PC211" "image.repository" (printf "%s is Cilium's agent" .Values.image.repository) "Remove the image block of the Cilium values file, or set image.repository to Podcloak's image.")) }}
{{- end }}

{{- if and .Values.namespace.create (has $namespace (list "kube-system" "default" "kube-public" "kube-node-lease")) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC214" "namespace.create" (printf "Kubernetes makes the namespace %s itself" $namespace) "Leave namespace.create false for kube-system, default, kube-public and kube-node-lease.")) }}
{{- end }}

{{- if $found }}
{{- fail (printf "\n%s\n" (join "\n" $found)) }}
{{- end }}
{{- end }}

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
{{- $found = append $found (include "podcloak.mistake" (list "PC520" "a string or a key" "helm cannot print it" REMEDY(PC520))) }}
{{- end }}

{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" $namespace) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC408" "--namespace" "the namespace is not a valid name" REMEDY(PC408))) }}
{{- end }}

{{- if and .Values.encryption.enabled (not $ranges) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC201" "ipv4NativeRoutingCIDR" "encryption.enabled=true needs the range of the pods" REMEDY(PC201))) }}
{{- end }}

{{- if and (compact $strictRanges) (compact $olderRanges) (ne (join "," $strictRanges) (join "," $olderRanges)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC554" "encryption.strictMode.cidr" "encryption.strictMode.egress.cidr has another value" REMEDY(PC554))) }}
{{- end }}

{{- if and (or $strictEgress $strict.ingress.enabled) (not $ranges) (not (compact $strictRanges)) (not (compact $olderRanges)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC218" "encryption.strictMode.egress.cidr" (printf "encryption.strictMode.%s.enabled=true needs a range to be strict about" (ternary "egress" "ingress" (default false $strictEgress))) REMEDY(PC218))) }}
{{- end }}

{{- /* Go's own reading of a duration. Where it has none, as for one of centuries, the date stays the same. */ -}}
{{- $keepalive := .Values.encryption.wireguard.persistentKeepalive }}
{{- $start := toDate "2006" "2000" }}
{{- $end := dateModify $keepalive $start }}
{{- $seconds := sub ($end | unixEpoch | int64) ($start | unixEpoch | int64) }}
{{- if or (ne (date ".000000000" $end) ".000000000") (gt $seconds 65535) (and (eq $seconds 0) (regexMatch "[1-9]" $keepalive)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC219" "encryption.wireguard.persistentKeepalive" (printf "%s is no whole number of seconds up to 65535" $keepalive) REMEDY(PC219))) }}
{{- end }}

{{- $taint := $strict.startupTaint }}
{{- if and (regexMatch REGEX(KUBERNETES_KEY) $taint.key) (not (regexMatch REGEX(AUTOSCALER_KEY) $taint.key)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC551" "encryption.strictMode.startupTaint.key" (printf "%s is not yours to remove" $taint.key) REMEDY(PC551))) }}
{{- end }}

{{- $tolerated := not $taint.enabled }}
{{- range .Values.tolerations }}
{{- if and (eq (.operator | default "Equal") "Exists") (has (.key | default "") (list "" $taint.key)) (not .effect) (not (hasKey . "tolerationSeconds")) }}
{{- $tolerated = true }}
{{- end }}
{{- end }}
{{- if not $tolerated }}
{{- $found = append $found (include "podcloak.mistake" (list "PC550" "tolerations" (printf "none of them tolerates %s with every effect" $taint.key) REMEDY(PC550))) }}
{{- end }}

{{- $ipsec := .Values.encryption.ipsec }}
{{- $maker := ternary "encryption.ipsec.secret.generate=true" (ternary "encryption.ipsec.rotation.schedule" "" (ne $ipsec.rotation.schedule "")) $ipsec.secret.generate }}
{{- if and $maker $ipsec.key }}
{{- $found = append $found (include "podcloak.mistake" (list "PC558" "encryption.ipsec.key" (printf "it is rendered, and %s writes another" $maker) REMEDY(PC558))) }}
{{- end }}
{{- if and $maker $ipsec.keyVolume }}
{{- $found = append $found (include "podcloak.mistake" (list "PC559" "encryption.ipsec.keyVolume" (printf "the agents read it, and %s writes the Secret" $maker) REMEDY(PC559))) }}
{{- end }}
{{- if eq (lower $ipsec.rotation.timeZone) "local" }}
{{- $found = append $found (include "podcloak.mistake" (list "PC560" "encryption.ipsec.rotation.timeZone" (printf "%s is no time zone of its own" $ipsec.rotation.timeZone) REMEDY(PC560))) }}
{{- end }}
{{- if and $ipsec.rotation.schedule (not $ipsec.keyWatcher) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC561" "encryption.ipsec.rotation.schedule" "agents do not look at the Secret again while keyWatcher is false" REMEDY(PC561))) }}
{{- end }}
{{- if and $ipsec.rotation.schedule (gt (len .Values.fullnameOverride) 45) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC562" "fullnameOverride" (printf "it has %d characters" (len .Values.fullnameOverride)) REMEDY(PC562))) }}
{{- end }}

{{- $mountPath := .Values.encryption.ipsec.mountPath }}
{{- $hidden := "" }}
{{- range LIST(OWN_FOLDERS) }}
{{- if or (hasPrefix (printf "%s/" .) (printf "%s/" $mountPath)) (hasPrefix (printf "%s/" $mountPath) (printf "%s/" .)) }}
{{- $hidden = $hidden | default . }}
{{- end }}
{{- end }}
{{- if and (not $hidden) (has $mountPath LIST(IMAGE_FOLDERS)) }}
{{- $hidden = printf "what the image has in %s" $mountPath }}
{{- end }}
{{- if $hidden }}
{{- $found = append $found (include "podcloak.mistake" (list "PC210" "encryption.ipsec.mountPath" (printf "%s would hide %s" $mountPath $hidden) REMEDY(PC210))) }}
{{- end }}

{{- $seen := dict }}
{{- range $index, $variable := .Values.extraEnv }}
{{- $path := printf "extraEnv[%d].name" $index }}
{{- if and $variable.value (hasKey $variable "valueFrom") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC217" $path (printf "%s has both value and valueFrom" $variable.name) REMEDY(PC217))) }}
{{- else if has $variable.name LIST(OWN_ENVIRONMENT) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC206" $path (printf "Podcloak sets %s itself" $variable.name) REMEDY(PC206))) }}
{{- else if hasKey $seen $variable.name }}
{{- $found = append $found (include "podcloak.mistake" (list "PC205" $path (printf "%s stands in the list already" $variable.name) REMEDY(PC205))) }}
{{- else }}
{{- $_ := set $seen $variable.name true }}
{{- end }}
{{- end }}

{{- if .Values.k8sServiceHost }}
{{- range $index, $variable := .Values.extraEnv }}
{{- if has $variable.name LIST(SERVICE_ENVIRONMENT) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC206" (printf "extraEnv[%d].name" $index) (printf "k8sServiceHost sets %s" $variable.name) REMEDY(PC206))) }}
{{- end }}
{{- end }}
{{- end }}

{{- $volumes := LIST(OWN_VOLUMES) }}
{{- range $index, $volume := .Values.extraVolumes }}
{{- if has $volume.name $volumes }}
{{- $found = append $found (include "podcloak.mistake" (list "PC522" (printf "extraVolumes[%d].name" $index) (printf "there is a volume %s" $volume.name) REMEDY(PC522))) }}
{{- end }}
{{- $volumes = append $volumes $volume.name }}
{{- end }}

{{- range $name, $labels := dict "podLabels" .Values.podLabels "commonLabels" .Values.commonLabels }}
{{- range $key, $value := $labels }}
{{- if has $key LIST(OWN_LABELS) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC208" (printf "%s.%q" $name $key) (printf "Podcloak sets the label %s" $key) REMEDY(PC208))) }}
{{- end }}
{{- end }}
{{- end }}

{{- if and .Values.monitoring.enabled (eq (int64 .Values.monitoring.port) (int64 .Values.healthPort)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC209" "monitoring.port" (printf "healthPort is %d as well" (int64 .Values.healthPort)) REMEDY(PC209))) }}
{{- end }}

{{- range $list, $tolerations := dict "tolerations" .Values.tolerations "uninstall.tolerations" .Values.uninstall.tolerations }}
{{- range $index, $toleration := $tolerations }}
{{- $path := printf "%s[%d]" $list $index }}
{{- $operator := $toleration.operator | default "Equal" }}
{{- if and (eq $operator "Exists") $toleration.value }}
{{- $found = append $found (include "podcloak.mistake" (list "PC216" $path "operator Exists takes no value" REMEDY(PC216))) }}
{{- else if and (not $toleration.key) (ne $operator "Exists") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC216" $path "without a key the operator must be Exists" REMEDY(PC216))) }}
{{- else if and (hasKey $toleration "tolerationSeconds") (ne (toString $toleration.effect) "NoExecute") }}
{{- $found = append $found (include "podcloak.mistake" (list "PC216" $path "tolerationSeconds needs the effect NoExecute" "Set effect: NoExecute, or remove tolerationSeconds.")) }}
{{- end }}
{{- end }}
{{- end }}

{{- if regexMatch REGEX(CILIUM_IMAGE) .Values.image.repository }}
{{- $found = append $found (include "podcloak.mistake" (list "PC211" "image.repository" (printf "%s is Cilium's agent" .Values.image.repository) REMEDY(PC211))) }}
{{- end }}

{{- if and .Values.namespace.create (has $namespace LIST(MADE_BY_KUBERNETES)) }}
{{- $found = append $found (include "podcloak.mistake" (list "PC214" "namespace.create" (printf "Kubernetes makes the namespace %s itself" $namespace) REMEDY(PC214))) }}
{{- end }}

{{- if $found }}
{{- fail (printf "\n%s\n" (join "\n" $found)) }}
{{- end }}
{{- end }}

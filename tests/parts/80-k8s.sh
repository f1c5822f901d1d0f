# Kubernetes: manifests by the schemas of three versions and by kubectl, rights, ports that agree
source "$(dirname "$0")/../lib.sh"
part_needs python3-venv

use_python k8s "pytest==8.3.4" "kubernetes-validate==1.37.0"
export KUBECTL=$build/k8s/kubectl
python "$tests/k8s/fetch_kubectl.py" "$KUBECTL"
[[ -x $build/dev/server/todo-server ]] && export TODO_SERVER=$build/dev/server/todo-server
cd "$root"
python -m pytest -q -p no:cacheprovider --rootdir "$tests/k8s" "$tests/k8s"
